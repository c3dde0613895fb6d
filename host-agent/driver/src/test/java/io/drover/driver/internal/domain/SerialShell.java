package io.drover.driver.internal.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell that the test guest has on its serial console. */
final class SerialShell implements AutoCloseable {
  private final SocketChannel console;
  private final BufferedReader output;

  SerialShell(Path socket) throws IOException {
    console = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    output =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(console), StandardCharsets.UTF_8));
  }

  /** The next line that contains these words. */
  String await(String words) throws IOException {
    String line = output.readLine();
    while (line != null && !line.contains(words)) {
      line = output.readLine();
    }
    return String.valueOf(line);
  }

  /** The first group of the next match. */
  String find(Pattern pattern) throws IOException {
    String line = output.readLine();
    while (line != null) {
      Matcher found = pattern.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
      line = output.readLine();
    }
    return "";
  }

  void type(String command) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(command + "\n");
    while (bytes.hasRemaining()) {
      console.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    console.close();
  }
}
