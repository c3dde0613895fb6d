package io.drover.scheduler.ledger.model;

import io.drover.contracts.command.PlaceDomain;
import java.time.Instant;

/** A start that waits for the end of the domain's former claim, until then at most. */
public record WaitingStart(PlaceDomain command, Instant until) {}
