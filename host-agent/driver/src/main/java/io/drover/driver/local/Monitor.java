package io.drover.driver.local;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.journal.JournalEntry;
import io.drover.driver.local.task.Waiting;
import io.drover.driver.qmp.QmpCommand;
import io.drover.driver.qmp.QmpConnection;
import io.drover.driver.qmp.QmpException;
import io.drover.driver.qmp.QmpSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to one domain's QEMU; when a session was lost, the next command looks for a new one. */
final class Monitor {
  private final JournalEntry target;
  private final DriverOptions options;
  private final QmpSink sink;
  private final Runnable onReconnect;
  private final Runnable onSilence;
  private volatile @Nullable QmpConnection session;

  /**
   * @param onReconnect hears that a lost session was replaced and that the state may have changed
   * @param onSilence hears that a command got no answer in time; short
   */
  Monitor(
      JournalEntry target,
      DriverOptions options,
      QmpSink sink,
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
            "qmp-" + target.folder().getFileName());
    long peer = fresh.peerPid();
    if (peer != target.process().pid()) {
      fresh.close();
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE,
          "The monitor of "
              + target.name()
              + " is answered by the process "
              + peer
              + ", not by its QEMU "
              + target.process().pid()
              + ".");
    }
    session = fresh;
    return fresh;
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
      throw Problems.of(target.name(), e);
    }
  }

  private synchronized QmpConnection reconnect() {
    Optional<QmpConnection> current = open();
    if (current.isPresent()) {
      return current.get();
    }
    try {
      return connect();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.QEMU_UNRESPONSIVE,
          "The monitor of " + target.name() + " cannot be reached: " + e.getMessage() + ".",
          e);
    }
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
    if (last != null && Waiting.within(deadline, last.drained()).isEmpty()) {
      last.close();
    }
  }

  void close() {
    open().ifPresent(QmpConnection::close);
  }
}
