package io.drover.standalone.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system that changes it for the suite: soon done and of few words. */
public final class SystemCommand {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private SystemCommand() {}

  /**
   * What a command printed, whatever its status.
   *
   * @throws IOException when it cannot be started or does not end
   */
  public static Outcome run(List<String> words) throws IOException, InterruptedException {
    // Some systems have no sbin in everybody's path.
    List<String> command = new ArrayList<>(List.of("env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(
            String.join(" ", words) + " has no end within " + DEADLINE.toSeconds() + " s");
      }
      byte[] printed = process.getInputStream().readAllBytes();
      return new Outcome(process.exitValue(), new String(printed, StandardCharsets.UTF_8).strip());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs a command that must end with status 0. */
  public static void require(List<String> words) throws IOException, InterruptedException {
    Outcome outcome = run(words);
    if (outcome.status() != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + outcome.printed());
    }
  }

  /** How it ended. */
  public record Outcome(int status, String printed) {}
}
