/** Persistence of the answers to mutations. */
@NullMarked
package io.drover.gateway.request.store;

import org.jspecify.annotations.NullMarked;
