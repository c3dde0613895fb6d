/**
 * What requests share: bodies within limits, pages, preconditions, and mutations that are run once
 * for each Idempotency-Key.
 */
@NullMarked
package io.drover.gateway.request;

import org.jspecify.annotations.NullMarked;
