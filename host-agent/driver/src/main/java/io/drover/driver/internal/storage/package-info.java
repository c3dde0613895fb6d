/**
 * Volumes as files: made from images through {@code qemu-img}, encrypted with LUKS, whole or not at
 * all. Formats are always stated, never probed: a guest writes what a probe would believe.
 */
@NullMarked
package io.drover.driver.internal.storage;

import org.jspecify.annotations.NullMarked;
