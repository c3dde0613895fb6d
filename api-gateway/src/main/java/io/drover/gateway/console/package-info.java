/** Consoles: a WebSocket of a client, joined to the one of the agent. */
@NullMarked
package io.drover.gateway.console;

import org.jspecify.annotations.NullMarked;
