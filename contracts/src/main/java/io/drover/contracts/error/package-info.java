/** Error codes, numbered by category, and RFC 9457 problems. */
@NullMarked
package io.drover.contracts.error;

import org.jspecify.annotations.NullMarked;
