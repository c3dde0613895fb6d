package io.drover.cli.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the guest writes, passed on byte by byte. Ends when the server closes, or at a text. */
final class ConsoleOutput implements WebSocket.Listener {
  private static final int WINDOW = 8192;
  private static final int LOGIN_ENDED = 4401;

  /** What a client reads for an end without a close frame (RFC 6455, 7.1.5). */
  private static final int CLOSED_ABNORMALLY = 1006;

  private final OutputStream out;
  private final String until;
  private final StringBuilder recent = new StringBuilder();
  private final CompletableFuture<End> ended = new CompletableFuture<>();

  /** Why the output ended. */
  enum End {
    CLOSED,
    LOGIN_ENDED,
    SEEN
  }

  /**
   * @param until the text to end at; empty to go on until the server closes
   */
  ConsoleOutput(OutputStream out, String until) {
    this(out, until.getBytes(StandardCharsets.UTF_8));
  }

  private ConsoleOutput(OutputStream out, byte[] until) {
    this.out = out;
    this.until = new String(until, ISO_8859_1);
  }

  /** The same output over another connection. */
  ConsoleOutput continued() {
    ConsoleOutput next = new ConsoleOutput(out, until.getBytes(ISO_8859_1));
    next.recent.append(recent);
    return next;
  }

  CompletableFuture<End> ended() {
    return ended;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    write(bytes);
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    write(data.toString().getBytes(StandardCharsets.UTF_8));
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    if (status == CLOSED_ABNORMALLY) {
      ended.completeExceptionally(new EOFException("the server ended it without a close frame"));
    }
    ended.complete(status == LOGIN_ENDED ? End.LOGIN_ENDED : End.CLOSED);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    ended.completeExceptionally(failure);
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
    if (!until.isEmpty()) {
      recent.append(new String(bytes, ISO_8859_1));
      if (recent.indexOf(until) >= 0) {
        ended.complete(End.SEEN);
      }
      recent.delete(0, Math.max(0, recent.length() - WINDOW - until.length()));
    }
  }
}
