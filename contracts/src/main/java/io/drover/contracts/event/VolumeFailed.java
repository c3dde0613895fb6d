package io.drover.contracts.event;

import io.drover.contracts.error.Problem;

/** A command on a volume failed on its host; nothing of a half-made volume is left. */
public record VolumeFailed(Problem problem, String step) implements Event {}
