package io.drover.it.suite;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A tenant's terminal on a guest's serial console. */
public final class SerialConsole implements AutoCloseable {
  private final StringBuffer screen = new StringBuffer();
  private final WebSocket socket;

  private SerialConsole(Project project, String domain) throws Exception {
    Api api = project.api();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", api.authorization())
            .connectTimeout(Duration.ofSeconds(10))
            .buildAsync(api.webSocket(project.path("domains", domain, "console")), new Printer())
            .get(15, TimeUnit.SECONDS);
  }

  public static SerialConsole open(Project project, String domain) throws Exception {
    return new SerialConsole(project, domain);
  }

  /** Waits until the guest has printed the text. */
  public void awaitText(String text, Duration patience) {
    Awaitility.await("\"" + text + "\" on the console")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .until(this::screen, printed -> printed.contains(text));
  }

  public void type(String line) {
    socket.sendBinary(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), true).join();
  }

  public String screen() {
    return screen.toString();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Printer implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
      screen.append(StandardCharsets.ISO_8859_1.decode(bytes));
      from.request(1);
      return java.util.concurrent.CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      screen.append(text);
      from.request(1);
      return java.util.concurrent.CompletableFuture.completedFuture(null);
    }
  }
}
