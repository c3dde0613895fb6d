package io.drover.gateway.trust;

import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** Logs and counts the records that the gateway does not believe. Thread-safe. */
@ApplicationScoped
public class UntrustedRecordLog {
  private static final Logger LOG = Logger.getLogger(UntrustedRecordLog.class);

  private final MeterRegistry metrics;

  UntrustedRecordLog(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Of a record at its place. */
  public void note(
      String topic,
      int partition,
      long offset,
      Map<String, byte[]> headers,
      UntrustedRecordException why) {
    UntrustedRecord record = UntrustedRecord.of(topic, partition, offset, headers, why);
    LOG.warn(record.sentence());
    Counter.builder(UntrustedRecord.METRIC)
        .description(UntrustedRecord.DESCRIPTION)
        .tags(record.tags())
        .register(metrics)
        .increment();
  }
}
