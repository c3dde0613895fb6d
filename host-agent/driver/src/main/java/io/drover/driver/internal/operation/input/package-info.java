/** Operations on the keyboard of a running machine. */
@NullMarked
package io.drover.driver.internal.operation.input;

import org.jspecify.annotations.NullMarked;
