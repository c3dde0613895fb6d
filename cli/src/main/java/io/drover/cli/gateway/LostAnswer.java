package io.drover.cli.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** The server was not reached, or the connection ended before its answer did. */
public final class LostAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final URI server;

  LostAnswer(URI server, IOException cause) {
    super("The server at " + server + " " + why(cause) + ".", cause);
    this.server = server;
  }

  /** The address that was asked. */
  public URI server() {
    return server;
  }

  private static String why(IOException cause) {
    if (cause instanceof HttpTimeoutException) {
      return "did not answer in time";
    }
    return cause instanceof ConnectException
        ? "does not answer"
        : "cut the connection before it had answered";
  }
}
