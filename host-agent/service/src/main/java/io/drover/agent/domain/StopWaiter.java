package io.drover.agent.domain;

import io.drover.contracts.message.EventSubject;
import java.util.Optional;

/**
 * Somebody who waits for the end of a domain.
 *
 * @param about the operation that {@code DomainStopped} completes; empty when it completes none
 * @param before called once, before the event is published; short
 * @param then called once, after the event is published; short
 */
record StopWaiter(Optional<EventSubject> about, Runnable before, Runnable then) {}
