/** Legal definitions made at random, and what must hold for each of them. */
@NullMarked
package io.drover.driver.random;

import org.jspecify.annotations.NullMarked;
