/** How answers are shown: aligned tables for people, JSON for programs, sizes and durations. */
@NullMarked
package io.drover.cli.output;

import org.jspecify.annotations.NullMarked;
