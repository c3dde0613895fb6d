/** Outgoing events: numbered, kept on disk in order, sent when the broker is available. */
@NullMarked
package io.drover.agent.event;

import org.jspecify.annotations.NullMarked;
