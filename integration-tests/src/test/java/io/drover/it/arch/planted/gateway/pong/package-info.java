/** Planted: the other half of a cycle. */
@NullMarked
package io.drover.it.arch.planted.gateway.pong;

import org.jspecify.annotations.NullMarked;
