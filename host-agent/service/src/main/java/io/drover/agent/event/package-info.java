/** News on their way out: numbered, kept on disk in order, sent when the broker is there. */
@NullMarked
package io.drover.agent.event;

import org.jspecify.annotations.NullMarked;
