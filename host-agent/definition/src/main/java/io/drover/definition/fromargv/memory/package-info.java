/** The guest's memory, its NUMA cells, and memory that is a device. */
@NullMarked
package io.drover.definition.fromargv.memory;

import org.jspecify.annotations.NullMarked;
