/** The trace of a command, from its Kafka record to the QMP commands. */
@NullMarked
package io.drover.agent.trace;

import org.jspecify.annotations.NullMarked;
