/** Planted: models that do I/O. */
@NullMarked
package io.drover.it.arch.planted.gateway.order.model;

import org.jspecify.annotations.NullMarked;
