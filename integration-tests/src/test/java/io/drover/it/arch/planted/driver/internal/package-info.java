/** Planted: what is internal to the driver. */
@NullMarked
package io.drover.it.arch.planted.driver.internal;

import org.jspecify.annotations.NullMarked;
