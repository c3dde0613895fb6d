/** The event stream for clients: Server-Sent Events that can be resumed. */
@NullMarked
package io.drover.gateway.stream;

import org.jspecify.annotations.NullMarked;
