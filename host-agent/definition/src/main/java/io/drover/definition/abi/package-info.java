/** Whether two definitions give a guest the same machine. Pure. */
@NullMarked
package io.drover.definition.abi;

import org.jspecify.annotations.NullMarked;
