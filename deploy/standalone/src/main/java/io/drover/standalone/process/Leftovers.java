package io.drover.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a killed launcher left running. They are found by number and start time together, so that
 * nobody else's process is ended. Guests are not among them: the agent finds those again.
 */
public final class Leftovers {
  private static final String SUFFIX = ".pid";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leftovers() {}

  /**
   * Ends all of them.
   *
   * @return the names of those that were ended
   */
  public static List<String> end(Path runFolder) throws IOException {
    List<String> ended = new ArrayList<>();
    if (!Files.isDirectory(runFolder)) {
      return ended;
    }
    try (Stream<Path> files = Files.list(runFolder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        var process = ChildProcess.leftover(runFolder, name);
        if (process.isPresent()) {
          end(name, process.get());
          ended.add(name);
        }
        Files.deleteIfExists(file);
      }
    }
    return ended;
  }

  private static void end(String name, ProcessHandle process) throws IOException {
    try {
      // PostgreSQL would wait on SIGTERM for every session to end by itself.
      String signal = name.equals("postgresql") ? "-INT" : "-TERM";
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      awaitKilled(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while process " + process.pid() + " was ended", e);
    } catch (ExecutionException e) {
      throw new IOException("Process " + process.pid() + " cannot be ended", e);
    }
  }

  private static void awaitKilled(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException("Process " + process.pid() + " survives SIGKILL", e);
    }
  }
}
