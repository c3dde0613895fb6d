/**
 * The elements under {@code <devices>}: each has its record and, beside it or in it, what reads and
 * writes it.
 */
@NullMarked
package io.drover.contracts.definition.device;

import org.jspecify.annotations.NullMarked;
