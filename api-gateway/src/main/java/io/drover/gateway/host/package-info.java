/** KnownHosts, as the scheduler's table has them, and what operators do to them. */
@NullMarked
package io.drover.gateway.host;

import org.jspecify.annotations.NullMarked;
