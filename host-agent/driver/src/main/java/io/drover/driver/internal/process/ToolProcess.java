package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a short-lived tool of the host, as {@code qemu-img}: no shell, an environment of its own, a
 * deadline, bounded output. Blocks the calling thread.
 */
public final class ToolProcess {
  private static final int MAX_OUTPUT_BYTES = 1024 * 1024;
  private static final int REAP_SECONDS = 5;

  private static final Map<String, String> DEBIAN_PACKAGES =
      Map.of(
          "qemu-img", "qemu-utils",
          "ip", "iproute2",
          "taskset", "util-linux",
          "chrt", "util-linux",
          "swtpm_setup", "swtpm-tools");

  private ToolProcess() {}

  /**
   * How the tool ended.
   *
   * @param output standard output and error together, at most 1 MiB of it
   */
  public record Result(int exitStatus, String output) {}

  /**
   * Runs a command and waits for its end.
   *
   * @param command the program and its arguments; secrets go to {@code input}, never here
   * @param input written to standard input; the caller wipes it
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when it cannot be started, {@code
   *     STORAGE_FAILED} when it cannot be fed or read, {@code TIMED_OUT} past the deadline; the
   *     tool has ended then
   */
  public static Result run(List<String> command, byte[] input, Duration deadline) {
    Process process = start(command);
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> drain(process.getInputStream()));
    try {
      feed(process, input);
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw new ProblemException(
            ErrorCode.TIMED_OUT,
            command.get(0) + " did not finish within " + deadline.toSeconds() + " s.");
      }
      return new Result(process.exitValue(), output.get(REAP_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, command.get(0) + " was ended because the agent stops.", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The output of " + command.get(0) + " cannot be read.", e);
    }
  }

  private static Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, missing(command.get(0)), e);
    }
  }

  private static String missing(String tool) {
    Optional<String> inPackage =
        Optional.ofNullable(DEBIAN_PACKAGES.get(Path.of(tool).getFileName().toString()));
    return "This host cannot run the tool "
        + tool
        + "; install it"
        + inPackage.map(name -> " (on Debian the package " + name + ")").orElse("")
        + " or see that it may be executed.";
  }

  /** A tool that fails early closes its input; how it failed is told by its exit status. */
  private static void feed(Process process, byte[] input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      if (process.isAlive() && input.length > 0) {
        end(process);
        throw new ProblemException(
            ErrorCode.STORAGE_FAILED, "The input of a tool cannot be written.", e);
      }
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(REAP_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(
            ErrorCode.STORAGE_FAILED, "The process " + process.pid() + " cannot be ended.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String drain(InputStream stream) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (stream) {
      int count = stream.read(buffer);
      while (count >= 0) {
        kept.write(buffer, 0, Math.min(count, MAX_OUTPUT_BYTES - kept.size()));
        count = stream.read(buffer);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }
}
