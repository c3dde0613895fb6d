/** What the agent's tests stand on: a real broker, a secrets-service peer, a clock to move. */
@NullMarked
package io.drover.agent.testkit;

import org.jspecify.annotations.NullMarked;
