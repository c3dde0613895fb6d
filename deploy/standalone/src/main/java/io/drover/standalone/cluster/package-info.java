/** All parts on one machine: ports, secrets, the order of start and end. */
@NullMarked
package io.drover.standalone.cluster;

import org.jspecify.annotations.NullMarked;
