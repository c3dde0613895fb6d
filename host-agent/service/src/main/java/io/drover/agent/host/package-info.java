/** Who this host is, what it has to give, and its heartbeat. */
@NullMarked
package io.drover.agent.host;

import org.jspecify.annotations.NullMarked;
