package io.drover.gateway.host;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.RecordRetry;
import io.drover.contracts.message.TopicRule;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.report.HostState;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.trust.UntrustedRecordLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Keeps the table of hosts as the scheduler publishes it. While the database is unavailable the
 * same record is tried again; one that the scheduler has not signed is a dead letter.
 */
@ApplicationScoped
class HostStateConsumer {
  private static final Logger LOG = Logger.getLogger(HostStateConsumer.class);

  private final KnownHosts hosts;
  private final SourceVerifier sources;
  private final Outbox outbox;
  private final RecordRetry retry;
  private final UntrustedRecordLog untrusted;

  HostStateConsumer(
      KnownHosts hosts,
      SourceVerifier sources,
      Outbox outbox,
      RecordRetry retry,
      UntrustedRecordLog untrusted) {
    this.hosts = hosts;
    this.sources = sources;
    this.outbox = outbox;
    this.retry = retry;
    this.untrusted = untrusted;
  }

  @Incoming("hosts")
  @Blocking("hosts")
  void consume(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    String position = record.topic() + "-" + record.partition() + "@" + record.offset();
    try {
      retry.untilDone(position, () -> keep(record, headers));
    } catch (RuntimeException e) {
      if (retry.isStopping()) {
        throw e;
      }
      retry.untilDone(position, () -> deadLetter(record, headers, e));
    }
  }

  private void keep(ConsumerRecord<String, byte[]> record, Map<String, byte[]> headers) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    String key = record.key() == null ? "" : record.key();
    sources.require(new SignedRecord(record.topic(), key, headers, value));
    Envelope<Object> envelope = CloudEvents.read(headers, value);
    TopicRule.require(record.topic(), envelope);
    if (!(envelope.data() instanceof HostState state) || !state.hostId().toString().equals(key)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The record is not the state of the host that its key names.");
    }
    QuarkusTransaction.requiringNew().run(() -> hosts.keep(state));
  }

  private void deadLetter(
      ConsumerRecord<String, byte[]> record, Map<String, byte[]> headers, RuntimeException why) {
    String cause = String.valueOf(why.getMessage());
    DeadLetter letter =
        new DeadLetter(
            cause, record.topic(), record.partition(), record.offset(), EventSource.GATEWAY);
    String key = record.key() == null ? "" : record.key();
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.deadLetter(key, headers, record.value(), letter));
    if (why instanceof UntrustedRecordException forged) {
      untrusted.note(record.topic(), record.partition(), record.offset(), headers, forged);
    } else {
      LOG.errorf(
          "The host at %s/%d/%d becomes a dead letter: %s",
          record.topic(), record.partition(), record.offset(), cause);
    }
  }
}
