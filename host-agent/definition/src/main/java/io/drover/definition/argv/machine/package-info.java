/** The machine itself: its type, CPU, firmware and tables. */
@NullMarked
package io.drover.definition.argv.machine;

import org.jspecify.annotations.NullMarked;
