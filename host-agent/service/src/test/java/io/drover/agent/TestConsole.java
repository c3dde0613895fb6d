package io.drover.agent;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client of the console socket. */
final class TestConsole implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private final StringBuffer seen = new StringBuffer();
  private volatile boolean closed;
  private volatile int code;
  private WebSocket socket;

  static TestConsole open(URI uri, String header, String value) {
    TestConsole console = new TestConsole();
    console.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header(header, value)
            .buildAsync(uri, console)
            .join();
    return console;
  }

  void type(String text) {
    socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), true).join();
  }

  void awaitText(String text) {
    await("on the console: " + text).atMost(PATIENCE).until(() -> seen.toString().contains(text));
  }

  int awaitCode() {
    awaitClosed();
    return code;
  }

  void awaitClosed() {
    await().atMost(PATIENCE).until(() -> closed);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    seen.append(new String(bytes, StandardCharsets.US_ASCII));
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    this.code = code;
    closed = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed = true;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
