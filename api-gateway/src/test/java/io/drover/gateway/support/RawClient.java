package io.drover.gateway.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A client that keeps to no rule: it writes what it likes, slowly, and reads only when told to. */
public final class RawClient implements AutoCloseable {
  private static final int SMALL = 4_096;
  private final Socket socket = new Socket();

  public RawClient(URI root) throws IOException {
    socket.setReceiveBufferSize(SMALL);
    socket.connect(new InetSocketAddress(root.getHost(), root.getPort()));
  }

  public void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** The first line of the answer, if it comes within this time; empty when none does. */
  public String statusLine(int millis) throws IOException {
    socket.setSoTimeout(millis);
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
        line.append((char) next);
      }
    } catch (SocketTimeoutException nothingYet) {
      return line.toString();
    }
    return line.toString();
  }

  /** Whether the server has closed the connection; nothing is read to find out. */
  public boolean cutOff() throws IOException {
    try {
      write("\n");
      return false;
    } catch (SocketException gone) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
