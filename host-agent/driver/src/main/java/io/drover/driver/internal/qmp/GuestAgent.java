package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * qemu-guest-agent behind the Unix socket of its channel. The guest writes the answers, so all of
 * them are limited, and none is believed further than that the guest was reached. Blocks.
 */
public final class GuestAgent {
  /** The name of the channel's socket in a domain's folder: the channel's target name. */
  public static final String SOCKET_NAME = "org.qemu.guest_agent.0";

  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final int MAX_STALE_LINES = 64;
  private static final int FLUSH = 0xff;
  private static final Duration REFUSAL_WAIT = Duration.ofMillis(300);
  private final Path socket;
  private final LongConsumer peer;
  private final Duration patience;
  private final LongSupplier nanoTicker;

  /**
   * @param peer gets the number of the process on the other side before anything is said to it;
   *     throws a {@link ProblemException} to refuse it
   * @param patience how long the agent may take to answer
   * @param nanoTicker monotonic nanoseconds, as {@link System#nanoTime}
   */
  public GuestAgent(Path socket, LongConsumer peer, Duration patience, LongSupplier nanoTicker) {
    this.socket = socket;
    this.peer = peer;
    this.patience = patience;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Asks the guest to power off. A guest that does so sends no answer; one that will not may.
   *
   * @throws ProblemException {@code QEMU_UNRESPONSIVE} when no agent answers, {@code QEMU_REFUSED}
   *     when it says no
   */
  public void shutDown() {
    ask("powerdown", "shut down");
  }

  /**
   * Asks the guest to boot again, as {@link #shutDown}.
   *
   * @throws ProblemException as {@link #shutDown}
   */
  public void reboot() {
    ask("reboot", "reboot");
  }

  private void ask(String mode, String what) {
    try (QmpSocket channel = QmpSocket.connect(socket, patience, peer)) {
      Session session = new Session(channel, nanoTicker);
      session.synchronise(patience);
      session.send("guest-shutdown", Map.of("mode", mode));
      Optional<JsonNode> answer = session.next(REFUSAL_WAIT);
      if (answer.isPresent() && answer.get().has("error")) {
        throw new ProblemException(
            ErrorCode.QEMU_REFUSED, "The guest's agent refuses to " + what + "; use ACPI.");
      }
    } catch (IOException | QmpException e) {
      throw unanswered(e);
    }
  }

  private static ProblemException unanswered(Exception cause) {
    return new ProblemException(
        ErrorCode.QEMU_UNRESPONSIVE, "The guest's agent does not answer; use ACPI.", cause);
  }

  private static final class Session {
    private final QmpSocket channel;
    private final LongSupplier nanoTicker;
    private final LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
    private final Queue<byte[]> lines = new ArrayDeque<>();

    Session(QmpSocket channel, LongSupplier nanoTicker) {
      this.channel = channel;
      this.nanoTicker = nanoTicker;
    }

    /** What an earlier user of the channel left behind is read over. */
    void synchronise(Duration patience) throws IOException {
      long until = nanoTicker.getAsLong() + patience.toNanos();
      long id = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
      ByteArrayOutputStream flushed = new ByteArrayOutputStream();
      flushed.write(FLUSH);
      flushed.writeBytes(line("guest-sync", Map.of("id", id)));
      channel.write(flushed.toByteArray());
      for (int stale = 0; stale < MAX_STALE_LINES; stale++) {
        Optional<JsonNode> answer = nextUntil(until);
        if (answer.isEmpty()) {
          throw new QmpException.TimedOut("The guest's agent did not answer");
        }
        if (answer.get().path("return").asLong() == id) {
          return;
        }
      }
      throw new QmpException.Malformed("The guest's agent does not synchronise");
    }

    void send(String command, Map<String, ?> arguments) throws IOException {
      channel.write(line(command, arguments));
    }

    private static byte[] line(String command, Map<String, ?> arguments) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("execute", command);
      message.put("arguments", arguments);
      String text = new String(ContractJson.write(message), StandardCharsets.UTF_8);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The next line that is JSON; empty when none comes in time. */
    Optional<JsonNode> next(Duration wait) throws IOException {
      return nextUntil(nanoTicker.getAsLong() + wait.toNanos());
    }

    /** A guest can send without end what is no line: the time counts, not that something came. */
    private Optional<JsonNode> nextUntil(long until) throws IOException {
      while (lines.isEmpty()) {
        Duration left = Duration.ofNanos(until - nanoTicker.getAsLong());
        if (left.isNegative()
            || !channel.readWithin(left, packet -> splitter.feed(packet, lines::add))) {
          return Optional.empty();
        }
      }
      byte[] line = lines.remove();
      try {
        return Optional.ofNullable(ContractJson.mapper().readTree(line));
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new QmpException.Malformed("The reply of the guest agent is not JSON");
      }
    }
  }
}
