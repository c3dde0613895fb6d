/** The CloudEvents envelope, topic names and the one JSON codec of every message. */
@NullMarked
package io.drover.contracts.message;

import org.jspecify.annotations.NullMarked;
