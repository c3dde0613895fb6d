/** The guest's memory: where it lies on the host, its NUMA nodes, and memory that is a device. */
@NullMarked
package io.drover.definition.argv.memory;

import org.jspecify.annotations.NullMarked;
