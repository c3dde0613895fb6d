package io.drover.gateway.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.message.KafkaSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to Kafka inside the trace that they were written in. No record is overtaken by a later
 * one: the first that fails ends the sender, with all that waits behind it. For one thread.
 */
final class OutboxSender implements AutoCloseable {
  private static final TextMapGetter<Map<String, String>> FROM_ROW = new FromRow();

  private final KafkaProducer<String, byte[]> producer;
  private final TextMapPropagator propagator;
  private final Tracer tracer;
  private volatile boolean ended;

  OutboxSender(KafkaSettings kafka, OpenTelemetry telemetry) {
    Map<String, Object> settings = kafka.batchProducer("drover-gateway-outbox");
    // No row is given up: one that timed out may have arrived, and would overtake when sent again.
    settings.put("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
    this.tracer = telemetry.getTracer("io.drover.gateway.outbox");
  }

  /** Whether a record failed on its way: what is not acknowledged goes with another sender. */
  boolean ended() {
    return ended;
  }

  /** Ends at once; what is not on its way yet stays in the outbox. */
  void abandon() {
    ended = true;
    producer.close(Duration.ZERO);
  }

  /**
   * Hands a row to the producer; records go out in the order of the calls.
   *
   * @return completed when the broker has it, or with a {@link RefusedByBroker} or a {@link
   *     BrokerUnavailable}
   * @throws BrokerUnavailable when it cannot even be handed over; this sender has ended
   */
  CompletableFuture<OutboxRow> send(OutboxRow row) throws BrokerUnavailable {
    Context parent = propagator.extract(Context.root(), row.headers(), FROM_ROW);
    Span span =
        tracer
            .spanBuilder(row.topic() + " publish")
            .setParent(parent)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", row.topic())
            .setAttribute("messaging.kafka.message.key", row.key())
            .startSpan();
    CompletableFuture<OutboxRow> taken = new CompletableFuture<>();
    try {
      producer.send(
          record(row, parent.with(span)), (metadata, failure) -> settle(row, failure, span, taken));
    } catch (KafkaException | IllegalStateException e) {
      settle(row, e, span, taken);
    }
    // The producer tells by the callback alone that it does not know the cluster yet.
    if (ended) {
      throw new BrokerUnavailable("the producer did not accept a record before its deadline");
    }
    return taken;
  }

  private ProducerRecord<String, byte[]> record(OutboxRow row, Context context) {
    Map<String, String> headers = new LinkedHashMap<>(row.headers());
    propagator.inject(context, headers, (into, name, value) -> into.put(name, value));
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(row.topic(), row.key(), row.payload());
    headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  private void settle(
      OutboxRow row, @Nullable Exception failure, Span span, CompletableFuture<OutboxRow> taken) {
    if (failure == null) {
      taken.complete(row);
    } else {
      span.recordException(failure);
      if (isOfTheRecord(failure)) {
        taken.completeExceptionally(new RefusedByBroker(failure));
      } else {
        ended = true;
        producer.close(Duration.ZERO);
        taken.completeExceptionally(new BrokerUnavailable(failure.getMessage()));
      }
    }
    span.end();
  }

  /** Whether the broker would refuse this record at any other time, too. */
  private static boolean isOfTheRecord(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof InvalidTopicException
        || failure instanceof InvalidRecordException;
  }

  /** The broker does not answer; the same row may be sent again. */
  static final class BrokerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerUnavailable(@Nullable String why) {
      super(why);
    }
  }

  /** The broker will never take this row. */
  static final class RefusedByBroker extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedByBroker(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  private static final class FromRow implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
