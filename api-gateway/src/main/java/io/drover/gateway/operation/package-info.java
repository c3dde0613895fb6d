/** Operations: accepted mutations, their steps and their ends. */
@NullMarked
package io.drover.gateway.operation;

import org.jspecify.annotations.NullMarked;
