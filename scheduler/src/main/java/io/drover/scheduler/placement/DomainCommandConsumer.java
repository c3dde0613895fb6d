package io.drover.scheduler.placement;

import io.drover.contracts.message.Envelope;
import io.drover.contracts.time.NanoTicker;
import io.drover.scheduler.feed.RecordDelivery;
import io.drover.scheduler.recall.PlacementConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The gateway's commands. One of an unknown type is a dead letter: somebody waits for it. */
@ApplicationScoped
class DomainCommandConsumer {
  private final RecordDelivery delivery;
  private final CommandProcessor useCase;
  private final PlacementConsumer placements;
  private final NanoTicker ticker;
  private final MeterRegistry metrics;

  DomainCommandConsumer(
      RecordDelivery delivery,
      CommandProcessor useCase,
      PlacementConsumer placements,
      NanoTicker ticker,
      MeterRegistry metrics) {
    this.delivery = delivery;
    this.useCase = useCase;
    this.placements = placements;
    this.ticker = ticker;
    this.metrics = metrics;
  }

  @Incoming("domain-commands")
  @Blocking("domain-commands")
  void receive(ConsumerRecord<String, byte[]> record) {
    delivery.deliver(record, Set.of(), this::answer);
  }

  private void answer(Envelope<Object> envelope) {
    placements.requireCaughtUp(); // else a restored database could give a generation again
    long began = ticker.nanos();
    useCase.answer(envelope);
    metrics
        .timer("drover.commands", "command", envelope.data().getClass().getSimpleName())
        .record(Duration.ofNanos(ticker.nanos() - began));
  }
}
