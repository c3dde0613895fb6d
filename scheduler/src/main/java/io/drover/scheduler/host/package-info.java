/** Host reports: the registry of hosts and the snapshot that placement decides over. */
@NullMarked
package io.drover.scheduler.host;

import org.jspecify.annotations.NullMarked;
