/** Reads topics without a consumer group. */
@NullMarked
package io.drover.gateway.topic.feed;

import org.jspecify.annotations.NullMarked;
