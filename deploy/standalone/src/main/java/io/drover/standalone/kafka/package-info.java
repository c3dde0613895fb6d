/** The real Kafka broker in KRaft mode, alone, inside the launcher, and the suite's topics. */
@NullMarked
package io.drover.standalone.kafka;

import org.jspecify.annotations.NullMarked;
