/** The one JSON mapper of messages, definitions and documents. */
@NullMarked
package io.drover.contracts.json;

import org.jspecify.annotations.NullMarked;
