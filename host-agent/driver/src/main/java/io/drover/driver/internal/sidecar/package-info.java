/**
 * The processes that serve a domain's devices beside its QEMU, as virtiofs daemons and passt: what
 * they are called with, their start, and their end with the domain.
 */
@NullMarked
package io.drover.driver.internal.sidecar;

import org.jspecify.annotations.NullMarked;
