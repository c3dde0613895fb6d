/** Planted: what the gateway reaches for. */
@NullMarked
package io.drover.it.arch.planted.scheduler.host;

import org.jspecify.annotations.NullMarked;
