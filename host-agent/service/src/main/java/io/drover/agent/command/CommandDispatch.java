package io.drover.agent.command;

import io.drover.agent.event.EventPublisher;
import io.drover.agent.file.FullDisk;
import io.drover.agent.trace.Tracing;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Hands each journalled command to its handler, on the subject's serial executor, and says how it
 * ended. A kind of command without a handler stops the agent at its start.
 */
final class CommandDispatch {
  private static final Logger LOG = Logger.getLogger(CommandDispatch.class);

  private final Map<Class<?>, CommandHandler<?>> handlers = new HashMap<>();
  private final SubjectExecutors executors;
  private final CommandLanes lanes = new CommandLanes();
  private final CommandJournal journal;
  private final EventPublisher events;
  private final Tracing tracing;
  private final TimeSource clock;
  private final MeterRegistry meters;

  CommandDispatch(
      Iterable<? extends CommandHandler<?>> handlers,
      SubjectExecutors executors,
      CommandJournal journal,
      EventPublisher events,
      Tracing tracing,
      TimeSource clock,
      MeterRegistry meters) {
    handlers.forEach(handler -> this.handlers.put(handler.handles(), handler));
    for (Class<?> kind : HostCommand.class.getPermittedSubclasses()) {
      if (!this.handlers.containsKey(kind)) {
        throw new IllegalStateException("No handler for " + kind.getSimpleName());
      }
    }
    this.executors = executors;
    this.journal = journal;
    this.events = events;
    this.tracing = tracing;
    this.clock = clock;
    this.meters = meters;
  }

  /** Goes on with what a former run of the agent has left. */
  void resume() {
    for (CommandEntry entry : journal.unfinished()) {
      LOG.infof("Resuming command %s", entry.command().header().id());
      dispatch(entry, true);
    }
  }

  void dispatch(CommandEntry entry, boolean resumed) {
    HostCommand command = entry.command();
    executors.submit(lanes.enter(command), () -> runInLane(entry, command, resumed));
  }

  private void runInLane(CommandEntry entry, HostCommand command, boolean resumed) {
    try {
      tracing.consume(
          command.getClass().getSimpleName(),
          command.header().subject(),
          entry.headers(),
          () -> run(command, resumed));
    } finally {
      lanes.left(command);
    }
  }

  private void run(HostCommand command, boolean resumed) {
    CommandHeader header = command.header();
    CommandRun run =
        new CommandRun(
            header,
            resumed,
            events,
            clock,
            tracing,
            () ->
                FullDisk.outwait(
                    () -> {
                      events.force();
                      journal.finish(command);
                    }));
    MDC.put("subject", header.subject().toString());
    MDC.put("operation", header.operationId().toString());
    long begin = clock.nanos();
    String outcome = "failed";
    try {
      outcome = call(handlerOf(command), command, run) ? "done" : "failed";
    } finally {
      Timer.builder("drover.agent.command")
          .description("Time from the dispatch of a command to the end of its handler")
          .tag("command", command.getClass().getSimpleName())
          .tag("outcome", outcome)
          .register(meters)
          .record(clock.since(begin));
      MDC.remove("subject");
      MDC.remove("operation");
    }
  }

  /** There is one for each kind: the constructor has checked it. */
  private CommandHandler<?> handlerOf(HostCommand command) {
    return Objects.requireNonNull(handlers.get(command.getClass()));
  }

  @SuppressWarnings("unchecked")
  private <C extends HostCommand> boolean call(
      CommandHandler<?> untyped, C command, CommandRun run) {
    CommandHandler<C> handler = (CommandHandler<C>) untyped;
    try {
      if (handler.handle(command, run) == CommandHandler.Outcome.DONE) {
        run.finish();
      }
      return true;
    } catch (ProblemException e) {
      LOG.errorf(
          e,
          "%s of %s failed in step %s",
          command.getClass().getSimpleName(),
          command.header().subject(),
          run.currentStep());
      fail(handler, command, run, e.problem());
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "%s of %s failed in step %s",
          command.getClass().getSimpleName(),
          command.header().subject(),
          run.currentStep());
      fail(
          handler,
          command,
          run,
          FullDisk.problem(e)
              .orElseGet(
                  () ->
                      Problem.of(
                          ErrorCode.INTERNAL_ERROR,
                          "The agent failed in "
                              + run.currentStep()
                              + "; its log has the cause.")));
    }
    return false;
  }

  private <C extends HostCommand> void fail(
      CommandHandler<C> handler, C command, CommandRun run, Problem problem) {
    tracing.failed(problem.detail());
    String trace = tracing.traceId();
    run.announce(
        handler.failure(
            command, trace == null ? problem : problem.withTraceId(trace), run.currentStep()));
    run.finish();
  }
}
