package io.drover.scheduler.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SignedRecord;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The one producer. Records carry the trace that they are sent in. Thread-safe; calls block. */
@ApplicationScoped
class KafkaRecordSender implements RecordSender {
  private static final Set<String> PLACEMENTS =
      Set.of(MessageTypes.of(DomainPlaced.class), MessageTypes.of(VolumePlaced.class));

  private final KafkaProducer<String, byte[]> producer;
  private final RecordSigner signer;
  private final OpenTelemetry telemetry;
  private final Duration deadline;

  KafkaRecordSender(
      KafkaSettings kafka,
      SchedulerSettings settings,
      RecordSigner signer,
      OpenTelemetry telemetry) {
    this.producer =
        new KafkaProducer<>(
            configuration(kafka, settings), new StringSerializer(), new ByteArraySerializer());
    this.signer = signer;
    this.telemetry = telemetry;
    this.deadline = settings.sendDeadline();
  }

  private static Map<String, Object> configuration(
      KafkaSettings kafka, SchedulerSettings settings) {
    Map<String, Object> producer = kafka.batchProducer("drover-scheduler");
    // A batch that took longer is sent again, from the outcome that is stored.
    producer.put("delivery.timeout.ms", Long.toString(settings.sendDeadline().toMillis()));
    return producer;
  }

  @Override
  public void send(List<OutgoingRecord> records) {
    List<OutgoingRecord> left = new ArrayList<>(records);
    // A placement is on its topic before a host hears of it: else one that ends in between, and
    // whose database is then restored, would not find it there, and place the domain once more.
    List<OutgoingRecord> placements =
        records.stream().filter(KafkaRecordSender::isPlacement).toList();
    List<Future<?>> published = handOver(ready(placements));
    left.removeAll(placements);
    // A host waits for its command, and nobody for what is said of it: the command goes alone,
    // and is signed while the placement is on its way.
    List<ProducerRecord<String, byte[]>> commands =
        ready(left.stream().filter(KafkaRecordSender::isToHost).toList());
    published.forEach(this::await);
    List<Future<?>> sent = new ArrayList<>(handOver(commands));
    sent.addAll(handOver(ready(left.stream().filter(record -> !isToHost(record)).toList())));
    sent.forEach(this::await);
  }

  /** All are signed before the first is sent: what goes later waits for the answer to that. */
  private List<ProducerRecord<String, byte[]>> ready(List<OutgoingRecord> records) {
    return records.stream().map(this::toKafka).toList();
  }

  private List<Future<?>> handOver(List<ProducerRecord<String, byte[]>> ready) {
    List<Future<?>> sent = new ArrayList<>(ready.size());
    for (ProducerRecord<String, byte[]> record : ready) {
      Future<?> one = producer.send(record);
      if (one.isDone()) {
        await(one); // not even handed over: the next one must not get there before it
      }
      sent.add(one);
    }
    return sent;
  }

  private static boolean isPlacement(OutgoingRecord record) {
    return PLACEMENTS.contains(record.headers().getOrDefault("ce_type", ""));
  }

  private static boolean isToHost(OutgoingRecord record) {
    return record.topic().startsWith("drover.host.");
  }

  private ProducerRecord<String, byte[]> toKafka(OutgoingRecord record) {
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(record.topic(), record.key(), record.value().getBytes(UTF_8));
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach((name, value) -> headers.put(name, value.getBytes(UTF_8)));
    headers.forEach(out.headers()::add);
    if (isOurs(headers)) {
      SignedRecord signed = new SignedRecord(record.topic(), record.key(), headers, out.value());
      out.headers().add(SignedRecord.HEADER, signer.sign(signed).getBytes(UTF_8));
    }
    telemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(
            Context.current(),
            out.headers(),
            (carrier, name, value) -> carrier.add(name, value.getBytes(UTF_8)));
    return out;
  }

  /** A dead letter is somebody else's record. */
  private static boolean isOurs(Map<String, byte[]> headers) {
    return CloudEvents.attribute(headers, "source")
        .filter(EventSource.SCHEDULER.toString()::equals)
        .isPresent();
  }

  /** Sends a record that is no message of ours, as it is. */
  void forward(String topic, ReceivedCommand received, Map<String, byte[]> headers) {
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(topic, received.key(), received.value());
    headers.forEach(out.headers()::add);
    await(producer.send(out));
  }

  private void await(Future<?> sent) {
    try {
      // The producer gives up by its own deadline first; this one is for a producer that hangs.
      sent.get(deadline.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka did not take a record: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
