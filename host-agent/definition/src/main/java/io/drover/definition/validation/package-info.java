/** All that is wrong with a definition at once, with its places. Holds no state. */
@NullMarked
package io.drover.definition.validation;

import org.jspecify.annotations.NullMarked;
