package io.drover.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A suite in a process of its own, with the flags that {@code ./run} gives it: its broker is not to
 * be compiled by this JVM, which compiles fully, while guests start.
 */
final class SuiteProcess implements AutoCloseable {
  private static final int STOP_MINUTES = 5;

  private final Process process;
  private final URI gateway;
  private final URI login;
  private final String password;

  private SuiteProcess(Process process, URI gateway, URI login, String password) {
    this.process = process;
    this.gateway = gateway;
    this.login = login;
    this.password = password;
  }

  static SuiteProcess start(Path checkout, Path data) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(
        List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(SuiteProgram.class.getName(), checkout.toString(), data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    String[] words = line == null ? new String[0] : line.split(" ");
    if (words.length != 3) {
      process.getOutputStream().close();
      process.waitFor(STOP_MINUTES, TimeUnit.MINUTES);
      throw new IOException("The suite did not start; its messages are above.");
    }
    return new SuiteProcess(process, URI.create(words[0]), URI.create(words[1]), words[2]);
  }

  URI gateway() {
    return gateway;
  }

  URI login() {
    return login;
  }

  String password() {
    return password;
  }

  /** Ends the suite in order. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Ending the suite failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
