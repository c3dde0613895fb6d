/** Operations that stop, run and reset the machine. */
@NullMarked
package io.drover.driver.internal.operation.power;

import org.jspecify.annotations.NullMarked;
