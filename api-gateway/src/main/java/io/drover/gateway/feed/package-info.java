/** Reads the events of all parts and applies each once. */
@NullMarked
package io.drover.gateway.feed;

import org.jspecify.annotations.NullMarked;
