/** Hosts, placement, claims, and the routing of every domain command to the host that owns it. */
@NullMarked
package io.drover.scheduler;

import org.jspecify.annotations.NullMarked;
