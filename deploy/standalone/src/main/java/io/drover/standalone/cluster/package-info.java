/** All parts on one machine: ports, secrets, the order of start and end. */
@NullMarked
package io.drover.standalone.suite;

import org.jspecify.annotations.NullMarked;
