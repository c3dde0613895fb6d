package io.drover.agent.command;

import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SignedRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** Tells records that the scheduler has signed from all others, and logs and counts those. */
final class CommandAuthenticator {
  private static final Logger LOG = Logger.getLogger(CommandAuthenticator.class);

  private final RecordVerifier scheduler;
  private final MeterRegistry meters;

  /**
   * @param scheduler knows the keys of the schedulers
   */
  CommandAuthenticator(RecordVerifier scheduler, MeterRegistry meters) {
    this.scheduler = scheduler;
    this.meters = meters;
  }

  /**
   * Returns when a scheduler has signed the record.
   *
   * @param offset in the topic's one partition
   * @throws UntrustedRecordException otherwise
   */
  void requireSigned(SignedRecord record, long offset) {
    try {
      scheduler.require(record);
    } catch (UntrustedRecordException e) {
      UntrustedRecord refused = UntrustedRecord.of(record.topic(), 0, offset, record.headers(), e);
      LOG.warn(refused.sentence());
      Counter.builder(UntrustedRecord.METRIC)
          .description(UntrustedRecord.DESCRIPTION)
          .tags(refused.tags())
          .register(meters)
          .increment();
      throw e;
    }
  }
}
