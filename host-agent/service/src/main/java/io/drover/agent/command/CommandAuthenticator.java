package io.drover.agent.command;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SignedRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Tells records that the scheduler has signed from all others, and counts those. */
final class CommandAuthenticator {
  private final RecordVerifier scheduler;
  private final Counter forged;

  /**
   * @param scheduler knows the keys of the schedulers
   */
  CommandAuthenticator(RecordVerifier scheduler, MeterRegistry meters) {
    this.scheduler = scheduler;
    this.forged =
        Counter.builder("drover.agent.commands.forged")
            .description("Records of the host's topic that no scheduler has signed")
            .register(meters);
  }

  /**
   * Returns when a scheduler has signed the record.
   *
   * @throws ProblemException {@code FORBIDDEN} otherwise
   */
  void requireSigned(SignedRecord record) {
    try {
      scheduler.require(record);
    } catch (ProblemException e) {
      forged.increment();
      throw e;
    }
  }
}
