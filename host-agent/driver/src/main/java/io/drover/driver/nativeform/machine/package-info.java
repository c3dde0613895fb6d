/** The machine: its type, CPUs, firmware and clock. */
@NullMarked
package io.drover.driver.nativeform.machine;

import org.jspecify.annotations.NullMarked;
