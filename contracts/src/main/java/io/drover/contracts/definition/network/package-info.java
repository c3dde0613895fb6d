/** What a network card is connected to, and its settings on the host. */
@NullMarked
package io.drover.contracts.definition.network;

import org.jspecify.annotations.NullMarked;
