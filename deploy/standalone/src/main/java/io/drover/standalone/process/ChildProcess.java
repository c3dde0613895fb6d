package io.drover.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of the suite. Its output goes to a log file, its identity to {@code NAME.pid}, so
 * that the next launcher finds what a killed one left running.
 */
public final class ChildProcess {
  /** Files for their owner alone, and no core dumps: some parts have keys in their memory. */
  private static final List<String> PRIVATE_SESSION =
      List.of("sh", "-c", "umask 077 && ulimit -c 0 && exec setsid \"$@\"", "sh");

  private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final Path pidFile;
  private final Process process;

  private ChildProcess(String name, Path log, Path pidFile, Process process) {
    this.name = name;
    this.log = log;
    this.pidFile = pidFile;
    this.process = process;
  }

  /**
   * What to start.
   *
   * @param environment added to {@code PATH} and the locale, nothing else is inherited
   * @param folder the working folder
   * @param log appended to
   * @param runFolder where {@code NAME.pid} is kept
   */
  public record Spec(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path log,
      Path runFolder) {}

  /** Starts the process, in a session of its own: the terminal's Ctrl-C is the launcher's alone. */
  public static ChildProcess start(Spec spec) throws IOException {
    Files.createDirectories(spec.runFolder());
    List<String> command = new ArrayList<>(PRIVATE_SESSION);
    command.addAll(spec.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(spec.folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .retainAll(List.of("PATH", "LANG", "LC_ALL", "HOME", "JAVA_HOME", "TMPDIR"));
    // Else glibc gives each of a JVM's threads an arena of its own, which is never given back.
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.putAll(spec.environment());
    Process process = builder.start();
    Path pidFile = spec.runFolder().resolve(spec.name() + ".pid");
    Optional<ChildIdentity> identity = ChildIdentity.of(process.pid());
    Files.writeString(pidFile, identity.map(ChildIdentity::text).orElse("") + "\n");
    return new ChildProcess(spec.name(), spec.log(), pidFile, process);
  }

  /** What an earlier launcher left running under this name. */
  public static Optional<ProcessHandle> leftover(Path runFolder, String name) throws IOException {
    Path file = runFolder.resolve(name + ".pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return ChildIdentity.parse(Files.readString(file)).flatMap(ChildIdentity::find);
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Completes when the process has ended, with its exit status. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks it to end (SIGTERM), and kills it when it has not within {@code patience}.
   *
   * @return whether it ended by itself
   */
  public boolean stop(Duration patience) {
    return stop("TERM", patience);
  }

  /** Asks it to end by another signal, as PostgreSQL's fast shutdown is SIGINT. */
  public boolean stop(String signal, Duration patience) {
    boolean byItself = true;
    if (process.isAlive()) {
      send(signal);
      byItself = ended(patience);
      if (!byItself) {
        kill();
      }
    }
    forget();
    return byItself;
  }

  /** Ends it at once (SIGKILL), as a crash would. */
  public void kill() {
    process.destroyForcibly();
    if (!ended(KILL_DEADLINE)) {
      throw new IllegalStateException(name + " (process " + pid() + ") survives SIGKILL");
    }
    forget();
  }

  private void send(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
