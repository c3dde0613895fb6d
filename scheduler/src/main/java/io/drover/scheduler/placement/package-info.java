/** Commands of the gateway: placed on a host, or routed to the host that owns the subject. */
@NullMarked
package io.drover.scheduler.placement;

import org.jspecify.annotations.NullMarked;
