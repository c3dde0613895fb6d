/** Where time and durations come from. */
@NullMarked
package io.drover.contracts.time;

import org.jspecify.annotations.NullMarked;
