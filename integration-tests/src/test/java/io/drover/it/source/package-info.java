/**
 * Rules on the text of the main sources, which class files no longer hold: names as they are
 * written, lengths, and the words of logs and errors. Each is shown to find what was planted.
 */
@NullMarked
package io.drover.it.source;

import org.jspecify.annotations.NullMarked;
