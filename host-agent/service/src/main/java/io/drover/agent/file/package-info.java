/** Files that survive a crash: replaced or appended as a whole, or not at all. */
@NullMarked
package io.drover.agent.file;

import org.jspecify.annotations.NullMarked;
