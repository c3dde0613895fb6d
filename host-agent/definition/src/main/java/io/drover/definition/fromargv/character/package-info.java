/** Character devices, and where their bytes go. */
@NullMarked
package io.drover.definition.fromargv.character;

import org.jspecify.annotations.NullMarked;
