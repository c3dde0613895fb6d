package io.drover.agent.command;

import io.drover.agent.event.EventPublisher;
import io.drover.agent.thread.AgentThreads;
import io.drover.agent.trace.Tracing;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The way in for commands: the host's topic, the journal, the handlers. */
public final class CommandIntake {
  private final CommandJournal journal;
  private final SubjectExecutors executors;
  private final CommandDispatch dispatch;
  private final CommandConsumer intake;
  private final Thread thread;
  private final AtomicLong lagMillis = new AtomicLong();

  /**
   * Where commands come from and are journalled.
   *
   * @param folder of the journal
   * @param kafka how to reach the brokers
   * @param topic the host's own topic
   * @param epoch of this run of the agent
   * @param scheduler knows the keys that commands are signed by
   */
  public record Source(
      Path folder, KafkaSettings kafka, String topic, long epoch, RecordVerifier scheduler) {}

  /** What the handling of every command needs. */
  public record Services(
      EventPublisher events, Tracing tracing, TimeSource clock, MeterRegistry meters) {}

  /**
   * Opens the journal.
   *
   * @param threads how many commands of different subjects may run at the same time
   * @param handlers one for each kind of command
   * @param isRunning whether a domain has a QEMU process, whatever the journal says
   * @throws IllegalStateException when a kind of command has no handler
   */
  public CommandIntake(
      Source source,
      int threads,
      List<? extends CommandHandler<?>> handlers,
      Generations generations,
      Predicate<DomainId> isRunning,
      Services services) {
    TimeSource clock = services.clock();
    journal = CommandJournal.open(source.folder());
    journal.generations().forEach(generations::note);
    executors = new SubjectExecutors(threads);
    dispatch =
        new CommandDispatch(
            handlers,
            executors,
            journal,
            services.events(),
            services.tracing(),
            clock,
            services.meters());
    CommandAdmitter admitter =
        new CommandAdmitter(
            new CommandAuthenticator(source.scheduler(), services.meters()),
            journal,
            generations,
            services.events(),
            isRunning,
            clock,
            journal.epochs(source.epoch()));
    intake =
        new CommandConsumer(
            source.kafka(),
            source.topic(),
            journal,
            admitter,
            dispatch,
            sentAt -> lagMillis.set(Math.max(0, clock.instant().toEpochMilli() - sentAt)));
    thread = AgentThreads.make("commands", intake);
  }

  /** Resumes what a former run has left, then reads on. */
  public void start() {
    dispatch.resume();
    thread.start();
  }

  /** The offset behind the last command that was taken; empty before the topic was reached. */
  public OptionalLong next() {
    return intake.next();
  }

  /** Whether the host's topic was reached and what comes can be taken. */
  public boolean isReading() {
    return intake.reading();
  }

  /** Commands that are journalled and not finished. */
  public int unfinished() {
    return journal.size();
  }

  /** How long the last command was on its way from the broker to the journal. */
  public long lagMillis() {
    return lagMillis.get();
  }

  /** Takes no more commands; those that still run at the end of the patience are resumed later. */
  public void stop(Duration patience) throws InterruptedException {
    intake.stop();
    thread.join(patience.toMillis());
    executors.stop(patience);
  }
}
