/** Planted: a consumer that answers requests. */
@NullMarked
package io.drover.it.arch.planted.gateway.order.feed;

import org.jspecify.annotations.NullMarked;
