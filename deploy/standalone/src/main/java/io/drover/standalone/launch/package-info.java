/** The program behind {@code ./run}: starts the suite, tells its story, stays, and ends it. */
@NullMarked
package io.drover.standalone.launch;

import org.jspecify.annotations.NullMarked;
