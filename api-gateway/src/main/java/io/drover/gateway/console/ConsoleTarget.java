package io.drover.gateway.console;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import java.net.URI;

/**
 * A console that may be opened.
 *
 * @param agent the address of the WebSocket, as the host reports it
 */
record ConsoleTarget(URI agent, HostId host, DomainId domain) {}
