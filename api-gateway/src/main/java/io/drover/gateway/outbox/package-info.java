/** The one outbox of the suite, and the relay that takes it to Kafka in order. */
@NullMarked
package io.drover.gateway.outbox;

import org.jspecify.annotations.NullMarked;
