/** The serial console in a terminal: raw mode, the escape key, the WebSocket. */
@NullMarked
package io.drover.cli.console;

import org.jspecify.annotations.NullMarked;
