/** Planted: one half of a cycle. */
@NullMarked
package io.drover.it.arch.planted.gateway.ping;

import org.jspecify.annotations.NullMarked;
