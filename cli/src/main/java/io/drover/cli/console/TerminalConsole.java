package io.drover.cli.console;

import io.drover.cli.gateway.Gateway;
import io.drover.cli.session.Token;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A guest's serial console: its output to standard output, the keys to the guest. */
public final class TerminalConsole {
  /** Ctrl-], as in virsh and telnet. */
  static final int ESCAPE = 0x1d;

  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(15);
  private static final int CHUNK = 4096;
  private final Gateway gateway;
  private final Shell shell;

  public TerminalConsole(Gateway gateway, Shell shell) {
    this.gateway = gateway;
    this.shell = shell;
  }

  /** A connection, and what comes over it. */
  private record Line(WebSocket socket, ConsoleOutput output, Token token) {
    void close() {
      if (!socket.isOutputClosed()) {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
      }
    }
  }

  /**
   * Connects, and stays until the escape key, the text, the server's end or the time. A console
   * ends with the token that it was opened by, and is continued by the next one.
   *
   * @param until the text in the output to end at; empty for none
   * @param wait how long at most; empty for no limit
   */
  public void attach(String path, String until, Optional<Duration> wait) {
    long begun = shell.ticker().nanos();
    ConsoleOutput first = new ConsoleOutput(shell.stdout(), until);
    CurrentLine line = new CurrentLine(connect(path, first, gateway.credentials().current()));
    ExecutorService keys = Executors.newSingleThreadExecutor();
    Optional<RawTerminal> raw =
        shell.terminal() && until.isEmpty() ? Optional.of(RawTerminal.open()) : Optional.empty();
    try {
      if (until.isEmpty()) {
        keys.execute(() -> send(line));
      }
      while (await(line.get().output().ended(), until, left(wait, begun))
          == ConsoleOutput.End.LOGIN_ENDED) {
        line.set(continued(path, line.get()));
      }
    } finally {
      raw.ifPresent(RawTerminal::close);
      keys.shutdownNow();
      line.get().close();
    }
  }

  private Line continued(String path, Line ended) {
    Token next =
        gateway
            .credentials()
            .renew(ended.token())
            .orElseThrow(
                () ->
                    new CliFailure(
                        ExitCode.NOT_AUTHENTICATED,
                        "The login of this console has ended.",
                        "Run: drover login"));
    return connect(path + "?tail=no", ended.output().continued(), next);
  }

  private Optional<Duration> left(Optional<Duration> wait, long begun) {
    return wait.map(all -> all.minusNanos(shell.ticker().nanos() - begun));
  }

  private static ConsoleOutput.End await(
      CompletableFuture<ConsoleOutput.End> ended, String until, Optional<Duration> wait) {
    try {
      ConsoleOutput.End end =
          wait.isPresent() ? ended.get(wait.get().toMillis(), TimeUnit.MILLISECONDS) : ended.get();
      if (end == ConsoleOutput.End.CLOSED && !until.isEmpty()) {
        throw new CliFailure(
            ExitCode.FAILED, "The console ended before \"" + until + "\" was written.");
      }
      return end;
    } catch (TimeoutException e) {
      throw new CliFailure(
          ExitCode.TIMED_OUT,
          until.isEmpty()
              ? "The time for the console is over."
              : "\"" + until + "\" was not written in time.");
    } catch (ExecutionException e) {
      String cause = Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("");
      throw new CliFailure(
          ExitCode.UNAVAILABLE,
          "The connection to the console broke: "
              + (cause.isEmpty() ? "it was reset." : cause + "."),
          "The guest runs on; run the command again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  /** Runs on the keys' thread. At the end of a file or pipe the output goes on. */
  private void send(CurrentLine line) {
    byte[] chunk = new byte[CHUNK];
    InputStream in = shell.in();
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        int escape = shell.terminal() ? indexOfEscape(chunk, n) : -1;
        int length = escape < 0 ? n : escape;
        if (length > 0) {
          line.get().socket().sendBinary(ByteBuffer.wrap(chunk, 0, length), true).join();
        }
        if (escape >= 0) {
          line.get().output().ended().complete(ConsoleOutput.End.CLOSED);
          return;
        }
      }
    } catch (IOException | CompletionException e) {
      line.get().output().ended().completeExceptionally(e);
    }
  }

  static int indexOfEscape(byte[] chunk, int length) {
    for (int i = 0; i < length; i++) {
      if (chunk[i] == ESCAPE) {
        return i;
      }
    }
    return -1;
  }

  private Line connect(String path, ConsoleOutput output, Token token) {
    URI address = gateway.webSocket(path);
    try {
      return new Line(open(address, output, token), output, token);
    } catch (CliFailure refused) {
      Optional<Token> renewed =
          refused.exitCode() == ExitCode.NOT_AUTHENTICATED
              ? gateway.credentials().renew(token)
              : Optional.empty();
      Token next = renewed.orElseThrow(() -> refused);
      return new Line(open(address, output, next), output, next);
    }
  }

  private WebSocket open(URI address, ConsoleOutput output, Token token) {
    try {
      return gateway
          .client()
          .newWebSocketBuilder()
          .connectTimeout(CONNECT_DEADLINE)
          .header("Authorization", "Bearer " + token.value())
          .buildAsync(address, output)
          .get(CONNECT_DEADLINE.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException handshake) {
        int status = handshake.getResponse().statusCode();
        throw new CliFailure(
            ExitCode.ofProblem(status, ""), "The server refused the console: HTTP " + status + ".");
      }
      throw new CliFailure(ExitCode.UNAVAILABLE, "The console at " + address + " does not answer.");
    } catch (TimeoutException e) {
      throw new CliFailure(ExitCode.UNAVAILABLE, "The console at " + address + " does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  /** The caller's thread replaces it, the keys' thread writes to the one of now. */
  private static final class CurrentLine {
    private volatile Line line;

    CurrentLine(Line first) {
      this.line = first;
    }

    Line get() {
      return line;
    }

    void set(Line next) {
      line = next;
    }
  }
}
