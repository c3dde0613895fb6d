/** The guest's memory, its NUMA cells, and where the host takes it from. */
@NullMarked
package io.drover.contracts.definition.memory;

import org.jspecify.annotations.NullMarked;
