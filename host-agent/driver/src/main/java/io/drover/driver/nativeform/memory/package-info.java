/** The guest's memory, its NUMA cells, and memory that is a device. */
@NullMarked
package io.drover.driver.nativeform.memory;

import org.jspecify.annotations.NullMarked;
