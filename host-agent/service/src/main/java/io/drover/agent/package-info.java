/** The agent of one host: carries commands from Kafka to the QEMU driver and its events back. */
@NullMarked
package io.drover.agent;

import org.jspecify.annotations.NullMarked;
