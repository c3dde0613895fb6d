/** How much of everything a project may have, and what it has. */
@NullMarked
package io.drover.gateway.quota;

import org.jspecify.annotations.NullMarked;
