/** Planted: what the secrets-service must not do. */
@NullMarked
package io.drover.it.arch.planted.secrets.key;

import org.jspecify.annotations.NullMarked;
