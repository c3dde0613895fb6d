/**
 * Kafka in and out: delivery with retry and dead letters, the one producer, the topics of the
 * hosts.
 */
@NullMarked
package io.drover.scheduler.feed;

import org.jspecify.annotations.NullMarked;
