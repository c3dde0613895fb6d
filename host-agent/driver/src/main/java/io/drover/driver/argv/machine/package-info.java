/** The machine itself: its type, CPU, firmware and tables. */
@NullMarked
package io.drover.driver.argv.machine;

import org.jspecify.annotations.NullMarked;
