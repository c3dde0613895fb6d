/** The gates of the build (formatter, compiler checks, sizes, coverage), each shown to shut. */
@NullMarked
package io.drover.it.gates;

import org.jspecify.annotations.NullMarked;
