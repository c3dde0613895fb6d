/** Persistence of positions. */
@NullMarked
package io.drover.gateway.topic.store;

import org.jspecify.annotations.NullMarked;
