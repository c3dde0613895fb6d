/** Persistence of versions. */
@NullMarked
package io.drover.gateway.inventory.store;

import org.jspecify.annotations.NullMarked;
