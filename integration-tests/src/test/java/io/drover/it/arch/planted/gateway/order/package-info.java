/** Planted: what a gateway must not do. */
@NullMarked
package io.drover.it.arch.planted.gateway.order;

import org.jspecify.annotations.NullMarked;
