/** Persistence of domains. */
@NullMarked
package io.drover.gateway.domain.store;

import org.jspecify.annotations.NullMarked;
