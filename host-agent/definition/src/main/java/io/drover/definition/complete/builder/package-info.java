/** A definition on its way to completion, and the faults that are found in it. */
@NullMarked
package io.drover.definition.complete.builder;

import org.jspecify.annotations.NullMarked;
