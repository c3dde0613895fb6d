package io.drover.cli.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Pause;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.time.NanoTicker;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The project's Server-Sent Events. When the connection ends, it is made again from the last event
 * that was seen, so that the caller misses none. One caller at a time.
 */
public final class EventStreamClient implements AutoCloseable {
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(15);

  /** The server sends a heartbeat much more often: longer silence is a dead connection. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int MAX_ATTEMPTS = 6;
  private final Gateway gateway;
  private final String path;
  private EventLines lines = new EventLines();
  private LineFeed feed;
  private String lastEventId;
  private boolean eventful;

  private EventStreamClient(Gateway gateway, String path, String lastEventId) {
    this.gateway = gateway;
    this.path = path;
    this.lastEventId = lastEventId;
    this.feed = connect(gateway, path, lastEventId);
  }

  /**
   * Opens the stream; when this returns, the server has accepted it.
   *
   * @param query as in {@code operation=ID}; empty for all events of the project
   * @param lastEventId where to go on; empty for what the server begins with
   */
  public static EventStreamClient open(
      Gateway gateway, String project, String query, String lastEventId) {
    String path = Paths.ofProject(project, "events") + (query.isEmpty() ? "" : "?" + query);
    return new EventStreamClient(gateway, path, lastEventId);
  }

  /** The next event, or empty when none came within the time. */
  public Optional<ServerEvent> next(Duration wait) {
    NanoTicker ticker = gateway.ticker();
    long end = ticker.nanos() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - ticker.nanos()) {
      Optional<String> line = feed.poll(Math.min(left, SILENCE.toNanos()));
      if (line.isEmpty() && left <= SILENCE.toNanos()) {
        return Optional.empty();
      }
      if (line.isEmpty() || line.get().equals(LineFeed.ENDED)) {
        reconnect(end);
        continue;
      }
      Optional<ServerEvent> event = lines.next(line.get()).map(EventStreamClient::parse);
      if (event.isPresent()) {
        eventful = true;
        lastEventId = event.get().id().isEmpty() ? lastEventId : event.get().id();
        return event;
      }
    }
    return Optional.empty();
  }

  /** At once if events had come, else after growing pauses, while there is time. */
  private void reconnect(long end) {
    feed.cancel();
    Duration pause = eventful ? Duration.ZERO : FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Pause.of(pause);
      try {
        lines = new EventLines();
        eventful = false;
        feed = connect(gateway, path, lastEventId);
        return;
      } catch (LostAnswer e) {
        giveUp(e, attempt, end);
      } catch (CliFailure e) {
        giveUp(e, e.exitCode() == ExitCode.UNAVAILABLE ? attempt : MAX_ATTEMPTS, end);
      }
      pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    }
  }

  private void giveUp(RuntimeException failure, int attempt, long end) {
    if (attempt >= MAX_ATTEMPTS || gateway.ticker().nanos() >= end) {
      throw failure;
    }
  }

  private static LineFeed connect(Gateway gateway, String path, String lastEventId) {
    LineFeed fresh = new LineFeed();
    HttpRequest.Builder request =
        gateway.request(path).setHeader("Accept", "text/event-stream").timeout(CONNECT_DEADLINE);
    if (!lastEventId.isEmpty()) {
      request.setHeader("Last-Event-ID", lastEventId);
    }
    HttpResponse<byte[]> answer = gateway.send(request.GET(), fresh::bodyOf);
    if (answer.statusCode() != 200) {
      throw ProblemPrinter.failure(answer.statusCode(), answer.body());
    }
    return fresh;
  }

  private static ServerEvent parse(EventLines.Raw raw) {
    try {
      return new ServerEvent(raw.id(), raw.type(), ContractJson.mapper().readTree(raw.data()));
    } catch (JsonProcessingException e) {
      throw new CliFailure(ExitCode.FAILED, "An event of the stream is not JSON.");
    }
  }

  @Override
  public void close() {
    feed.cancel();
  }
}
