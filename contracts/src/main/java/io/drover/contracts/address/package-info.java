/** Which addresses of other parts, and of a part itself, are safe to use. */
@NullMarked
package io.drover.contracts.address;

import org.jspecify.annotations.NullMarked;
