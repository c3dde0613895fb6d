/** The machine: its type, CPUs, firmware and clock. */
@NullMarked
package io.drover.definition.fromargv.machine;

import org.jspecify.annotations.NullMarked;
