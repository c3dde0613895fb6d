/** Readiness, and the tidying up of what has a lifetime. */
@NullMarked
package io.drover.gateway.health;

import org.jspecify.annotations.NullMarked;
