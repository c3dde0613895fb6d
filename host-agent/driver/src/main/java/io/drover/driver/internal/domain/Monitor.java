package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpConnection;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpObserver;
import io.drover.driver.internal.task.BoundedWait;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The way to one domain's QEMU; when a session was lost, the next command looks for a new one. */
final class Monitor {
  private final JournalEntry target;
  private final DriverOptions options;
  private final QmpObserver sink;
  private final Runnable onReconnect;
  private final Runnable onSilence;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable QmpConnection session;

  /**
   * @param onReconnect hears that a lost session was replaced and that the state may have changed
   * @param onSilence hears that a command got no answer in time; short
   */
  Monitor(
      JournalEntry target,
      DriverOptions options,
      QmpObserver sink,
      Runnable onReconnect,
      Runnable onSilence) {
    this.target = target;
    this.options = options;
    this.sink = sink;
    this.onReconnect = onReconnect;
    this.onSilence = onSilence;
  }

  /**
   * Connects once, and makes sure that it is this QEMU that answers.
   *
   * @throws IOException when nobody listens (yet)
   */
  QmpConnection connect() throws IOException {
    QmpConnection fresh =
        QmpConnection.connect(
            target.monitor(),
            options.qmpDeadlines(),
            sink,
            options.clock(),
            "qmp-" + target.folder().getFileName(),
            this::requireQemu);
    session = fresh;
    return fresh;
  }

  /** Refuses whoever else answers in QEMU's place. */
  void requireQemu(long peer) {
    if (peer != target.process().pid()) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE,
          "A socket of "
              + target.name()
              + " is answered by the process "
              + peer
              + ", not by its QEMU "
              + target.process().pid()
              + ".");
    }
  }

  <R> R execute(QmpCommand<R> command) {
    Instant startedAt = options.clock().instant();
    long begun = options.nanoTicker().getAsLong();
    boolean done = false;
    try {
      R result = ask(command);
      done = true;
      return result;
    } finally {
      Duration took = Duration.ofNanos(options.nanoTicker().getAsLong() - begun);
      sink.answered(command.name(), startedAt, took, done);
    }
  }

  private <R> R ask(QmpCommand<R> command) {
    try {
      Optional<QmpConnection> current = open();
      if (current.isPresent()) {
        return current.get().execute(command);
      }
      R result = reconnect().execute(command);
      onReconnect.run();
      return result;
    } catch (QmpException e) {
      if (e instanceof QmpException.TimedOut) {
        onSilence.run();
      }
      throw QmpProblems.of(target.name(), e);
    }
  }

  private QmpConnection reconnect() {
    if (!mayConnect()) {
      throw unreachable("others wait for it", null);
    }
    try {
      Optional<QmpConnection> current = open();
      return current.isPresent() ? current.get() : connect();
    } catch (IOException e) {
      throw unreachable(e.getMessage(), e);
    } finally {
      connecting.unlock();
    }
  }

  /** One connects at a time; a monitor that says nothing must not make a queue of callers. */
  private boolean mayConnect() {
    try {
      return connecting.tryLock(options.qmpDeadlines().change().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ProblemException unreachable(@Nullable String why, @Nullable Exception cause) {
    String detail = "The monitor of " + target.name() + " cannot be reached: " + why + ".";
    return cause == null
        ? new ProblemException(ErrorCode.QEMU_UNRESPONSIVE, detail)
        : new ProblemException(ErrorCode.QEMU_UNRESPONSIVE, detail, cause);
  }

  /** The session while it lasts. */
  Optional<QmpConnection> open() {
    return Optional.ofNullable(session).filter(QmpConnection::open);
  }

  /** Whether QEMU still owes an answer that is overdue. */
  boolean silent() {
    return open().map(current -> current.owed() > 0).orElse(false);
  }

  /** Waits until the last words of a QEMU that has exited are heard. */
  void drain(Duration deadline) {
    QmpConnection last = session;
    if (last != null && BoundedWait.within(deadline, last.drained()).isEmpty()) {
      last.close();
    }
  }

  void close() {
    open().ifPresent(QmpConnection::close);
  }
}
