/** Persistence of images. */
@NullMarked
package io.drover.gateway.image.store;

import org.jspecify.annotations.NullMarked;
