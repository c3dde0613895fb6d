/** What holds for the suite as a whole: its architecture, its gates, its documents, its flows. */
@NullMarked
package io.drover.it;

import org.jspecify.annotations.NullMarked;
