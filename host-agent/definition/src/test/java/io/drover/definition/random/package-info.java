/** Legal definitions made at random, and what must hold for each of them. */
@NullMarked
package io.drover.definition.random;

import org.jspecify.annotations.NullMarked;
