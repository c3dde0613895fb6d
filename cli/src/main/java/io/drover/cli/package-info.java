/** The drover command: its entry point and how its failures are shown. */
@NullMarked
package io.drover.cli;

import org.jspecify.annotations.NullMarked;
