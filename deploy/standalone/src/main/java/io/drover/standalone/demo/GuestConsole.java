package io.drover.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Listens on a domain's serial console and shows its lines until the guest says it is up. */
final class GuestConsole implements WebSocket.Listener {
  /** What the test guest says when it is up. */
  static final String READY = "DROVER-GUEST-READY";

  private static final Duration OPEN_DEADLINE = Duration.ofSeconds(15);
  private static final int MAX_LINE_CHARS = 4096;

  private final ProgressConsole screen;
  private final StringBuilder line = new StringBuilder();
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private GuestConsole(ProgressConsole screen) {
    this.screen = screen;
  }

  /** Returns the ready line. */
  static String awaitReady(
      GatewayCaller caller,
      String project,
      String domain,
      ProgressConsole screen,
      Duration patience)
      throws IOException, InterruptedException {
    GuestConsole console = new GuestConsole(screen);
    String path = "/v1/projects/" + project + "/domains/" + domain + "/console";
    URI address = URI.create(caller.gateway().toString().replaceFirst("^http", "ws") + path);
    @Nullable WebSocket socket = null;
    try {
      socket =
          caller
              .http()
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + caller.token())
              .connectTimeout(OPEN_DEADLINE)
              .buildAsync(address, console)
              .get(OPEN_DEADLINE.toSeconds(), TimeUnit.SECONDS);
      return console.ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DemoFailure(
          "see the guest come up",
          "host-agent",
          "Its console has not shown " + READY + " within " + patience.toSeconds() + " s.");
    } catch (ExecutionException e) {
      throw new DemoFailure(
          "see the guest come up", "api-gateway", "The console broke: " + e.getCause());
    } finally {
      if (socket != null) {
        socket.abort();
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    take(StandardCharsets.UTF_8.decode(data).toString());
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    take(data.toString());
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    ready.completeExceptionally(new IOException("closed with " + status + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ready.completeExceptionally(error);
  }

  private void take(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || line.length() == MAX_LINE_CHARS) {
        finish(line.toString());
        line.setLength(0);
      } else {
        line.append(c);
      }
    }
  }

  private void finish(String text) {
    screen.console(text);
    if (text.contains(READY)) {
      ready.complete(text.strip());
    }
  }
}
