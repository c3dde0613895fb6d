/** Where the bytes of a character device go, and come from. */
@NullMarked
package io.drover.contracts.definition.character;

import org.jspecify.annotations.NullMarked;
