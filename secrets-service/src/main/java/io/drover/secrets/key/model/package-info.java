/** Sealing and the decision to release; pure. */
@NullMarked
package io.drover.secrets.key.model;

import org.jspecify.annotations.NullMarked;
