/** The agent of one host: takes commands from Kafka to the QEMU driver and its news back. */
@NullMarked
package io.drover.agent;

import org.jspecify.annotations.NullMarked;
