/** What all parts put around a message: envelope, types, topics, dead letters, Kafka settings. */
@NullMarked
package io.drover.contracts.message;

import org.jspecify.annotations.NullMarked;
