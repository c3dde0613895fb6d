/** Planted: the definition that the scheduler reaches for. */
@NullMarked
package io.drover.it.arch.planted.contracts.definition;

import org.jspecify.annotations.NullMarked;
