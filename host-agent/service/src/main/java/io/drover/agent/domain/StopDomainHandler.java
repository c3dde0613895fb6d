package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.agent.host.HostIdentity;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainStatus;
import io.drover.driver.QemuDriver;
import io.drover.driver.ShutdownMode;
import io.drover.driver.UnknownQemu;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stops a domain: asks the guest, or ends QEMU. The command is done when the domain's end was seen;
 * a guest that does not follow fails the operation after the deadline and goes on running. A
 * destroy does not wait behind a shutdown that the guest ignores.
 */
final class StopDomainHandler implements CommandHandler<StopDomain> {
  private static final String ASK = "ask-guest";
  private static final String END = "end-qemu";

  private final HostIdentity host;
  private final QemuDriver driver;
  private final DomainRecords records;
  private final DomainWatch watch;
  private final ScheduledExecutorService timer;
  private final Duration shutdownDeadline;

  StopDomainHandler(
      HostIdentity host,
      QemuDriver driver,
      DomainRecords records,
      DomainWatch watch,
      ScheduledExecutorService timer,
      Duration shutdownDeadline) {
    this.host = host;
    this.driver = driver;
    this.records = records;
    this.watch = watch;
    this.timer = timer;
    this.shutdownDeadline = shutdownDeadline;
  }

  @Override
  public Class<StopDomain> handles() {
    return StopDomain.class;
  }

  @Override
  public Outcome handle(StopDomain command, CommandRun run) {
    DomainId id = new DomainId(command.header().subject());
    Optional<Domain> domain = driver.find(id);
    if (domain.isEmpty() || isOfALaterStart(command, id)) {
      unjournalled(id).ifPresent(StopDomainHandler::refuse);
      return alreadyStopped(run);
    }
    if (command.mode() == StopMode.CONFIRM_END) {
      return stillRuns(domain.get(), run);
    }
    boolean destroy = command.mode() == StopMode.DESTROY;
    Instant startedAt = run.now();
    long begin = run.nanos();
    Runnable ended = () -> run.completed(END, startedAt, run.since(begin));
    StopWaiter waiter =
        new StopWaiter(Optional.of(run.about()), destroy ? ended : () -> {}, run::finish);
    watch.awaitStop(id, waiter);
    try {
      if (destroy) {
        run.enter(END);
        domain.get().destroy();
      } else {
        run.step(ASK, () -> ask(domain.get()));
      }
    } catch (ProblemException e) {
      if (!watch.forget(id, waiter)) {
        return Outcome.WAITING; // it ended in between, which was told
      }
      if (driver.find(id).isEmpty()) {
        return alreadyStopped(run);
      }
      throw e;
    }
    timer.schedule(
        () -> giveUp(id, waiter, run), shutdownDeadline.toMillis(), TimeUnit.MILLISECONDS);
    return Outcome.WAITING;
  }

  @Override
  public Event failure(StopDomain command, Problem problem, String step) {
    DomainId id = new DomainId(command.header().subject());
    boolean running = driver.find(id).isPresent() || unjournalled(id).isPresent();
    return new DomainFailed(problem, step, running);
  }

  private static Domain ask(Domain domain) {
    domain.shutDown(ShutdownMode.ANY);
    return domain;
  }

  /** A QEMU of the domain that nobody here has started: it runs, and is never ended from here. */
  private Optional<UnknownQemu> unjournalled(DomainId id) {
    return driver.unknownQemus().stream()
        .filter(qemu -> qemu.domainId().filter(id::equals).isPresent())
        .findFirst();
  }

  private static void refuse(UnknownQemu qemu) {
    throw new ProblemException(
        ErrorCode.INVALID_STATE,
        "The QEMU process "
            + qemu.pid()
            + " of the domain runs on this host and is in no journal; look where it comes from, end"
            + " it by hand, and ask again.");
  }

  /** What runs then was started after the run that is to end. */
  private boolean isOfALaterStart(StopDomain command, DomainId id) {
    return records
        .find(id)
        .filter(known -> known.generation() > command.header().generation())
        .isPresent();
  }

  private Outcome stillRuns(Domain domain, CommandRun run) {
    DomainStatus status = domain.status();
    run.announce(new DomainObserved(host.id(), status.state().word(), status.reason().word()));
    return Outcome.DONE;
  }

  private Outcome alreadyStopped(CommandRun run) {
    run.announce(
        new DomainStopped(host.id(), StopReason.UNKNOWN, "It was not running on this host."));
    return Outcome.DONE;
  }

  private void giveUp(DomainId id, StopWaiter waiter, CommandRun run) {
    if (watch.forget(id, waiter)) {
      Problem problem =
          Problem.of(
              ErrorCode.TIMED_OUT,
              "The guest did not stop within "
                  + shutdownDeadline.toSeconds()
                  + " s; try again, or destroy the domain.");
      run.announce(new DomainFailed(problem, run.currentStep(), true));
      run.finish();
    }
  }
}
