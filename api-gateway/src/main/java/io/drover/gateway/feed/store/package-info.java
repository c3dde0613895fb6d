/** Persistence of what was consumed. */
@NullMarked
package io.drover.gateway.feed.store;

import org.jspecify.annotations.NullMarked;
