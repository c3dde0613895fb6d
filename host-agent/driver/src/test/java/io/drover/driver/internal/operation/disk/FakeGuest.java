package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.QmpDeadlines;
import io.drover.driver.StateReason;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.GuestAgent;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpListener;
import io.drover.driver.internal.qmp.QmpObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A domain whose QEMU is a test's and whose journal is a variable. */
final class FakeGuest implements RunningGuest, AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private final Path folder;
  private final QmpConnection monitor;
  private volatile Live live;

  FakeGuest(Path folder, Path socket, DomainDefinition definition) throws IOException {
    this.folder = folder;
    this.live = new Live(definition, List.of(), List.of());
    this.monitor =
        QmpConnection.connect(
            socket,
            new QmpDeadlines(SHORT, SHORT, SHORT),
            QmpObserver.none(),
            InstantSource.system(),
            "fake-guest");
  }

  @Override
  public <R> R execute(QmpCommand<R> command) {
    try {
      return monitor.execute(command);
    } catch (QmpException e) {
      throw new ProblemException(
          e instanceof QmpException.Refused ? ErrorCode.QEMU_REFUSED : ErrorCode.QEMU_UNRESPONSIVE,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public DomainStatus status() {
    return new DomainStatus(DomainState.RUNNING, StateReason.RUNNING_BOOTED);
  }

  @Override
  public Live live() {
    return live;
  }

  @Override
  public Optional<DomainDefinition> persistent() {
    return Optional.empty();
  }

  @Override
  public DomainDefinition complete(DomainDefinition definition) {
    return definition;
  }

  @Override
  public void redefine(DomainDefinition definition) {
    throw new IllegalStateException("It is transient.");
  }

  @Override
  public List<JobRecord> jobs() {
    return live.jobs();
  }

  @Override
  public synchronized void change(UnaryOperator<Live> change) {
    live = change.apply(live);
  }

  @Override
  public QmpListener listen(Predicate<QmpEvent> wanted) {
    return monitor.listen(wanted);
  }

  @Override
  public void publish(
      Optional<String> job, LiveOperation<?> change, LiveResult result, Runnable heard) {
    heard.run();
  }

  @Override
  public void expectPause() {}

  @Override
  public void settle() {}

  @Override
  public Optional<GuestAgent> agent() {
    return Optional.empty();
  }

  @Override
  public void close() {
    monitor.close();
  }
}
