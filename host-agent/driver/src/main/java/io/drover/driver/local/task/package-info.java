/** Work in order, with deadlines, measured; and those who hear of it. */
@NullMarked
package io.drover.driver.local.task;

import org.jspecify.annotations.NullMarked;
