package io.drover.agent.host;

import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceKey;
import io.drover.contracts.time.ServerClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Sends heartbeats. One that cannot be sent is dropped: the next one says more. */
final class HostReportSender implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HostReportSender.class);

  private final Producer<String, byte[]> producer;
  private final SourceKey sealing;
  private final ServerClock brokerTime;

  /**
   * @param brokerTime is set by what the broker says of each report: when it was appended
   */
  HostReportSender(BusAccess bus, ServerClock brokerTime) {
    sealing = bus.sealing();
    this.brokerTime = brokerTime;
    Map<String, Object> settings = bus.kafka().producer("drover-agent-reports");
    // A late heartbeat is worth nothing: it is given up before the next one.
    settings.put("buffer.memory", "1048576");
    settings.put("max.block.ms", "1000");
    settings.put("request.timeout.ms", "2000");
    settings.put("delivery.timeout.ms", "3000");
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Returns once the report is on its way, after a second at the latest. */
  void send(Envelope<HostReport> envelope) throws InterruptedException {
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(
            Topics.HOST_REPORTS, envelope.subject(), ContractJson.write(envelope.data()));
    Map<String, byte[]> headers = CloudEvents.headers(envelope);
    headers.forEach(out.headers()::add);
    String seal = sealing.seal(new SignedRecord(out.topic(), out.key(), headers, out.value()));
    out.headers().add(SignedRecord.HEADER, seal.getBytes(StandardCharsets.UTF_8));
    long asked = brokerTime.nanos();
    try {
      producer.send(
          out,
          (metadata, e) -> {
            if (e != null) {
              LOG.debugf("Sending a host report failed: %s", e.getMessage());
            } else if (metadata.hasTimestamp()) {
              brokerTime.set(Instant.ofEpochMilli(metadata.timestamp()), asked);
            }
          });
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      LOG.debugf("Sending a host report failed: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
