package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.QmpDeadlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A QMP session with one QEMU. Commands may be executed from any thread, each with a deadline; an
 * interrupted caller does not harm the session. One thread of its own reads.
 */
public final class QmpConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QmpConnection.class);

  /** The largest answer known is the schema, 0.2 MB. */
  private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  /** Events are kept until somebody has taken them, so they must be small; QEMU's have 1 kB. */
  private static final int MAX_EVENT_BYTES = 64 * 1024;

  private static final int MAX_ABANDONED = 16;

  private final QmpSocket socket;
  private final QmpDeadlines deadlines;
  private final QmpObserver sink;
  private final InstantSource clock;
  private final Map<String, PendingCommand> pending = new ConcurrentHashMap<>();
  private final List<QmpListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
  private final AtomicReference<@Nullable QmpException> end = new AtomicReference<>();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private final AtomicLong ids = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();

  private QmpConnection(
      QmpSocket socket, QmpDeadlines deadlines, QmpObserver sink, InstantSource clock) {
    this.socket = socket;
    this.deadlines = deadlines;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Connects once, waits for the greeting and negotiates.
   *
   * @param sink hears all events and the end, from before the first command on
   * @param threadName of the reading thread
   * @throws IOException when nobody listens (yet) on the socket
   * @throws QmpException when somebody does and does not speak QMP in time
   */
  public static QmpConnection connect(
      Path socket, QmpDeadlines deadlines, QmpObserver sink, InstantSource clock, String threadName)
      throws IOException {
    return connect(socket, deadlines, sink, clock, threadName, anybody -> {});
  }

  /**
   * As {@link #connect(Path, QmpDeadlines, QmpObserver, InstantSource, String)}, to a process that
   * is known.
   *
   * @param peer gets the number of the process on the other side, as the kernel says, before
   *     anything is said to it; throws a {@code ProblemException} to refuse it
   */
  public static QmpConnection connect(
      Path socket,
      QmpDeadlines deadlines,
      QmpObserver sink,
      InstantSource clock,
      String threadName,
      LongConsumer peer)
      throws IOException {
    QmpConnection connection =
        new QmpConnection(
            QmpSocket.connect(socket, deadlines.query(), peer), deadlines, sink, clock);
    Thread reader = new Thread(connection::readUntilEnd, threadName);
    reader.setDaemon(true);
    reader.start();
    try {
      connection.await(connection.greeting, "the greeting", deadlines.change());
      connection.execute(QmpCommand.change("qmp_capabilities", Map.of()));
      return connection;
    } catch (QmpException e) {
      connection.close();
      throw e;
    }
  }

  /** Completes once the sink has got everything that the other side ever sent. */
  public CompletableFuture<Boolean> drained() {
    return drained;
  }

  /** Whether commands can still be sent. */
  public boolean open() {
    return end.get() == null;
  }

  /** How many commands are past their deadline and still unanswered. */
  public int owed() {
    return (int) pending.values().stream().filter(PendingCommand::abandoned).count();
  }

  /** Executes the command and waits for its reply. */
  public <R> R execute(QmpCommand<R> command) {
    PendingCommand sent = send(command, null);
    return replyOf(command, sent);
  }

  /** Executes a command that hands the file over to QEMU. */
  public <R> R executeWith(PassedFile file, QmpCommand<R> command) {
    return replyOf(command, send(command, file));
  }

  /** Executes a command whose end is told by an event, and returns that event. */
  public QmpEvent executeUntil(
      QmpCommand<?> command, Predicate<QmpEvent> until, Duration deadline) {
    try (QmpListener listener = listen(until)) {
      execute(command);
      return listener.await(deadline);
    }
  }

  /** Hears the wanted events from now on; close it. */
  public QmpListener listen(Predicate<QmpEvent> wanted) {
    QmpListener listener = new QmpListener(wanted, listeners::remove);
    listeners.add(listener);
    QmpException ended = end.get();
    if (ended != null) {
      listener.fail(ended);
    }
    return listener;
  }

  private PendingCommand send(QmpCommand<?> command, @Nullable PassedFile file) {
    requireUsable(command.name());
    String id = "drover-" + ids.incrementAndGet();
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("execute", command.name());
    if (!command.arguments().isEmpty()) {
      message.put("arguments", command.arguments());
    }
    message.put("id", id);
    byte[] line =
        (new String(ContractJson.write(message), StandardCharsets.UTF_8) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    PendingCommand waiting = new PendingCommand(command, clock.millis());
    pending.put(id, waiting);
    writing.lock();
    try {
      if (file == null) {
        socket.write(line);
      } else {
        socket.write(line, file.descriptor());
      }
    } catch (IOException e) {
      // Half a line may be out: nothing that follows could be understood.
      finish(new QmpException.Disconnected("The monitor cannot be written: " + e.getMessage()));
    } finally {
      writing.unlock();
    }
    QmpException ended = end.get();
    if (ended != null) {
      waiting.reply().completeExceptionally(ended);
    }
    return waiting;
  }

  private void requireUsable(String name) {
    QmpException ended = end.get();
    if (ended != null) {
      throw new QmpException.Disconnected(name + " cannot be sent: " + ended.getMessage());
    }
    if (owed() >= MAX_ABANDONED) {
      throw new QmpException.TimedOut(
          name + " was not sent: QEMU owes the answers to " + MAX_ABANDONED + " commands");
    }
  }

  private <R> R replyOf(QmpCommand<R> command, PendingCommand sent) {
    try {
      JsonNode reply = await(sent.reply(), command.name(), command.patience().within(deadlines));
      return command.reply().apply(reply);
    } catch (QmpException.TimedOut e) {
      sent.abandon();
      throw e;
    }
  }

  private <T> T await(CompletableFuture<T> future, String what, Duration deadline) {
    try {
      return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new QmpException.TimedOut(
          "QEMU did not answer " + what + " within " + deadline.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QmpException.TimedOut("Waiting for " + what + " was interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof QmpException known
          ? known
          : new QmpException.Malformed(what + ": " + e.getCause());
    }
  }

  private void readUntilEnd() {
    LineSplitter lines = new LineSplitter(MAX_LINE_BYTES);
    try {
      boolean more = true;
      while (more && open()) {
        more = socket.read(packet -> lines.feed(packet, this::received));
      }
      finish(new QmpException.Disconnected("QEMU closed its monitor"));
    } catch (IOException e) {
      finish(new QmpException.Disconnected("The monitor cannot be read: " + e.getMessage()));
    } catch (QmpException e) {
      finish(e);
    } catch (RuntimeException | Error e) {
      // Without its reader a session is none, as after a message that memory was not enough for.
      LOG.error("Reading a QMP monitor failed", e);
      finish(new QmpException.Malformed("Reading the QMP monitor failed: " + e));
    } finally {
      drained.complete(true);
      sink.disconnected();
    }
  }

  private void received(byte[] line) {
    JsonNode message = parse(line);
    if (message.has("event")) {
      if (line.length > MAX_EVENT_BYTES) {
        throw new QmpException.Malformed("An event has " + line.length + " bytes");
      }
      event(message);
    } else if (message.has("QMP")) {
      greeting.complete(message.get("QMP"));
    } else if (message.has("return") || message.has("error")) {
      reply(message);
    } else {
      throw new QmpException.Malformed("A message is neither greeting, reply nor event");
    }
  }

  private static JsonNode parse(byte[] line) {
    try {
      return ContractJson.mapper().readTree(line);
    } catch (IOException e) {
      throw new QmpException.Malformed("A line of " + line.length + " bytes is no JSON");
    }
  }

  private void event(JsonNode message) {
    JsonNode data =
        message.has("data") ? message.get("data") : JsonNodeFactory.instance.objectNode();
    long seconds = message.path("timestamp").path("seconds").asLong(-1);
    long micros = message.path("timestamp").path("microseconds").asLong(0);
    Instant at = seconds < 0 ? clock.instant() : Instant.ofEpochSecond(seconds, micros * 1000);
    QmpEvent event = new QmpEvent(message.get("event").asText(), data, at);
    sink.event(event);
    listeners.forEach(listener -> listener.offer(event));
  }

  private void reply(JsonNode message) {
    String id = message.path("id").asText();
    PendingCommand command = pending.remove(id);
    if (command == null) {
      throw new QmpException.Malformed("A reply belongs to no command: " + message.path("error"));
    }
    String outcome = message.has("return") ? "done" : "refused";
    long tookMillis = clock.millis() - command.sentAtMillis();
    LOG.debug("{} {} {} after {} ms", id, command.shown(), outcome, tookMillis);
    if (command.abandoned()) {
      LOG.warn("QMP {} was answered after its deadline", command.name());
      sink.answeredLate();
    }
    if (message.has("return")) {
      command.reply().complete(message.get("return"));
      return;
    }
    JsonNode error = message.get("error");
    command
        .reply()
        .completeExceptionally(
            new QmpException.Refused(
                command.name(),
                error.path("class").asText("GenericError"),
                error.path("desc").asText("no reason given")));
  }

  private void finish(QmpException cause) {
    if (!end.compareAndSet(null, cause)) {
      return;
    }
    greeting.completeExceptionally(cause);
    pending.values().forEach(command -> command.reply().completeExceptionally(cause));
    listeners.forEach(listener -> listener.fail(cause));
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("Closing the socket of a QMP monitor failed", e);
    }
  }

  /** Ends the session; QEMU goes on and takes the next one. */
  @Override
  public void close() {
    finish(new QmpException.Disconnected("The session was closed"));
  }
}
