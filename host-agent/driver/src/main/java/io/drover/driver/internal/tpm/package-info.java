/**
 * Emulated TPMs: each is a swtpm process of its own, beside its domain's QEMU, with state that is
 * kept for each domain until it is undefined. Owns the folders {@code swtpm} of a driver's layout.
 */
@NullMarked
package io.drover.driver.internal.tpm;

import org.jspecify.annotations.NullMarked;
