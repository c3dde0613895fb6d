package io.drover.it.suite;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A client of a project's Server-Sent Events. */
public final class EventFeed implements AutoCloseable {
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Stream<String> lines;

  /** One event as it came. */
  public record Event(String id, String type, String data) {}

  private EventFeed(Project project, Optional<String> after) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(project.api().uri(project.path("events")))
            .header("Authorization", project.api().authorization())
            .header("Accept", "text/event-stream");
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    var answer =
        HttpClient.newHttpClient()
            .sendAsync(request.build(), BodyHandlers.ofLines())
            .get(15, TimeUnit.SECONDS);
    if (answer.statusCode() != 200) {
      throw new AssertionError("No events: " + answer.statusCode());
    }
    lines = answer.body();
    Thread reader = new Thread(this::read, "events");
    reader.setDaemon(true);
    reader.start();
  }

  public static EventFeed open(Project project) throws Exception {
    return new EventFeed(project, Optional.empty());
  }

  /** Goes on behind an event that was seen. */
  public static EventFeed resume(Project project, String lastEventId) throws Exception {
    return new EventFeed(project, Optional.of(lastEventId));
  }

  /** Waits for an event whose type or data has the text. */
  public Event await(String text) {
    return Awaitility.await("an event with " + text)
        .atMost(RunningSuite.patience())
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                events.stream()
                    .filter(event -> event.type().contains(text) || event.data().contains(text))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  public List<Event> seen() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    lines.close();
  }

  private void read() {
    String id = "";
    String type = "";
    StringBuilder data = new StringBuilder();
    try {
      for (String line : (Iterable<String>) lines::iterator) {
        String value = line.substring(Math.min(line.length(), line.indexOf(':') + 1)).strip();
        if (line.startsWith("id:")) {
          id = value;
        } else if (line.startsWith("event:")) {
          type = value;
        } else if (line.startsWith("data:")) {
          data.append(value);
        } else if (line.isEmpty() && data.length() > 0) {
          events.add(new Event(id, type, data.toString()));
          data.setLength(0);
        }
      }
    } catch (RuntimeException e) {
      // The stream was closed, by this test or by the gateway; what came is kept.
      return;
    }
  }
}
