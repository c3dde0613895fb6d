/** Persistence of operations. */
@NullMarked
package io.drover.gateway.operation.store;

import org.jspecify.annotations.NullMarked;
