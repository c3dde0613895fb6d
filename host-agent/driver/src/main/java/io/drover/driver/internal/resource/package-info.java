/**
 * What a domain holds on the host beside its QEMU, as one ordered list: a start acquires along it,
 * an undone start, an end and the opening of a root after a crash walk the same list.
 */
@NullMarked
package io.drover.driver.internal.resource;

import org.jspecify.annotations.NullMarked;
