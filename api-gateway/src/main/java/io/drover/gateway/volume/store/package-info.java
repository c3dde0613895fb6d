/** Persistence of volumes. */
@NullMarked
package io.drover.gateway.volume.store;

import org.jspecify.annotations.NullMarked;
