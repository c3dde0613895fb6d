/** Planted: tables that others see. */
@NullMarked
package io.drover.it.arch.planted.gateway.order.store;

import org.jspecify.annotations.NullMarked;
