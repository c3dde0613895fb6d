/** Wrapped keys and grants in the schema {@code secrets}. */
@NullMarked
package io.drover.secrets.key.store;

import org.jspecify.annotations.NullMarked;
