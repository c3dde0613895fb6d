package io.drover.agent.command;

import io.drover.agent.event.EventOutlet;
import io.drover.agent.host.BusAccess;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.trace.Tracing;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The way in for commands with all that it needs, not started. */
record IntakeParts(EventOutlet outbound, CommandIntake inbound, SimpleMeterRegistry meters) {
  static IntakeParts open(
      TestBroker broker,
      Path folder,
      HostId hostId,
      long epoch,
      List<CommandHandler<?>> handlers,
      Predicate<DomainId> here) {
    TimeSource clock = TimeSource.system();
    OpenTelemetry none = OpenTelemetry.noop();
    KafkaSettings kafka = KafkaSettings.plain(broker.servers());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EventOutlet outbound =
        new EventOutlet(
            folder.resolve("spool"),
            new BusAccess(kafka, BusKey.keys().keyOf(EventSource.hostAgent(hostId))),
            1 << 20,
            new HostIdentity(hostId, "host", epoch),
            IdSource.random(),
            clock,
            none);
    CommandIntake inbound =
        new CommandIntake(
            new CommandIntake.Source(
                folder.resolve("commands"),
                kafka,
                Topics.hostCommands(hostId),
                epoch,
                SchedulerKey.verifier()),
            4,
            handlers,
            new Generations(),
            here,
            new CommandIntake.Services(outbound.announcing(), new Tracing(none), clock, meters));
    return new IntakeParts(outbound, inbound, meters);
  }
}
