/** Work in order, with deadlines, measured; and those who hear of it. */
@NullMarked
package io.drover.driver.internal.task;

import org.jspecify.annotations.NullMarked;
