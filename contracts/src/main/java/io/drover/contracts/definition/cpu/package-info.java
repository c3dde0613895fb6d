/** The guest's CPUs, and the host's time and caches that they have. */
@NullMarked
package io.drover.contracts.definition.cpu;

import org.jspecify.annotations.NullMarked;
