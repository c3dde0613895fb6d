/** Leave to open consoles: given by the gateway, taken by the host's agent. */
@NullMarked
package io.drover.contracts.console;

import org.jspecify.annotations.NullMarked;
