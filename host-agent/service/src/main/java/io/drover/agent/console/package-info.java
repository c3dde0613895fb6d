/** Serial consoles: one reader for each guest, any number of viewers, one writer. */
@NullMarked
package io.drover.agent.console;

import org.jspecify.annotations.NullMarked;
