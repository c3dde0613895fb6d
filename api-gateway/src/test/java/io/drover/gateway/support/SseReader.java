package io.drover.gateway.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a stream of Server-Sent Events. */
public final class SseReader implements AutoCloseable {
  private final BlockingQueue<Sse> events = new LinkedBlockingQueue<>();
  private final HttpResponse<InputStream> response;
  private final Thread thread;
  private volatile boolean ended;

  /** One event; {@code nanos} is when it came. */
  public record Sse(String id, String event, String data, long nanos) {}

  private SseReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.thread = new Thread(this::read, "sse-reader");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  public static SseReader open(String url, String token, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new SseReader(response);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String event = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!event.isEmpty()) {
            events.add(new Sse(id, event, data.toString(), System.nanoTime()));
          }
          event = "";
          data.setLength(0);
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          event = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.startsWith(":")) {
          events.add(new Sse("", ":", line, System.nanoTime()));
        }
      }
      ended = true;
    } catch (IOException e) {
      ended = true;
      events.add(new Sse("", "!", String.valueOf(e.getMessage()), System.nanoTime()));
    }
  }

  /** The next event, comments left out; null when none comes in time. */
  public Sse next() throws InterruptedException {
    while (true) {
      Sse event = events.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (event == null || !event.event().equals(":")) {
        return event;
      }
    }
  }

  /** Whether the gateway has ended the stream. */
  public boolean ended() {
    return ended;
  }

  /** The next thing of any kind, comments included. */
  public Sse nextOfAny() throws InterruptedException {
    return events.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** The next event if one comes within this time. */
  public Sse within(long millis) throws InterruptedException {
    Sse event = events.poll(millis, TimeUnit.MILLISECONDS);
    return event == null || !event.event().equals(":") ? event : within(millis);
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
