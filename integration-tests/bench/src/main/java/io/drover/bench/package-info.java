/**
 * Measures the start path: raw QEMU, the driver, the whole suite and virsh, in turn, in one run.
 */
@NullMarked
package io.drover.bench;

import org.jspecify.annotations.NullMarked;
