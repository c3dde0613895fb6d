/** Planted: a part that reads files. */
@NullMarked
package io.drover.it.arch.planted.driver.argv;

import org.jspecify.annotations.NullMarked;
