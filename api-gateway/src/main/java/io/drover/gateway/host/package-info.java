/** The hosts' own reports, kept in memory. */
@NullMarked
package io.drover.gateway.host;

import org.jspecify.annotations.NullMarked;
