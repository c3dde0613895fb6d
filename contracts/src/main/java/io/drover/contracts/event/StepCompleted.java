package io.drover.contracts.event;

import java.time.Instant;

/**
 * One step of an operation is done.
 *
 * @param step as in {@code place}, {@code release-keys}, {@code spawn-qemu}
 * @param startedAt when the step began, by the clock of the part that did it
 * @param durationMicros how long it took, in microseconds, by a monotonic clock
 */
public record StepCompleted(String step, Instant startedAt, long durationMicros) implements Event {}
