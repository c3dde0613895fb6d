package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts QEMU so that it outlives this process: a session of its own, no pipes to us, no privileges
 * to gain, no core dumps (they would hold keys), and another user where one is set.
 */
public final class QemuLauncher {
  /** The environment of the programs that start QEMU. */
  private static final Map<String, String> PLAIN =
      Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  /** Variables that change nothing in those programs. */
  private static final Set<String> HOMES =
      Set.of("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME");

  private final Optional<String> user;
  private final boolean outliving;
  private final NetworkEntry network;

  /**
   * @param user whom QEMU runs as; needs root
   */
  public QemuLauncher(Optional<String> user) {
    this(user, true, NetworkEntry.OF_HOST);
  }

  private QemuLauncher(Optional<String> user, boolean outliving, NetworkEntry network) {
    this.user = user;
    this.outliving = outliving;
    this.network = network;
  }

  /** As this one, of processes that are in another network. */
  public QemuLauncher within(NetworkEntry other) {
    return new QemuLauncher(user, outliving, other);
  }

  /** For a QEMU that is only asked something: it ends with the thread that launched it. */
  public static QemuLauncher ofProbes() {
    return new QemuLauncher(Optional.empty(), false, NetworkEntry.OF_HOST);
  }

  /**
   * Starts QEMU.
   *
   * @param argv the emulator and its arguments; holds no secrets
   * @param environment everything that QEMU's environment has. A definition's own variables come in
   *     only with QEMU itself: they have no power over the programs that start it as root
   * @param log gets both outputs, appended; exists already
   */
  public QemuProcess launch(List<String> argv, Map<String, String> environment, Path log) {
    return launch(argv, environment, log, new byte[0]);
  }

  /**
   * As {@link #launch(List, Map, Path)}, of a program that a guest can make print without end: the
   * log gets so much of it at most, as {@link QemuLog} says.
   *
   * @param console what its console's log goes to
   */
  public QemuProcess launchBounded(
      List<String> argv,
      Map<String, String> environment,
      Path log,
      Optional<ConsoleLogFiles> console) {
    return launchBounded(builder(argv, environment), log, console, new byte[0]);
  }

  /**
   * As {@link #launch(List, Map, Path, byte[])}, of a program beside QEMU: the log gets so much of
   * its output at most, as {@link QemuLog} says. It has to ignore broken pipes, as QEMU, swtpm and
   * pasta do: the one that keeps its log may be killed.
   */
  public QemuProcess launchBounded(List<String> argv, Path log, byte[] input) {
    return launchBounded(builder(argv, Map.of()), log, Optional.empty(), input);
  }

  private QemuProcess launchBounded(
      ProcessBuilder qemu, Path log, Optional<ConsoleLogFiles> console, byte[] input) {
    qemu.redirectInput(input(input)).redirectErrorStream(true);
    try {
      ProcessBuilder keeper =
          keeper(QemuLog.keeper(Files.size(log), console))
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .redirectError(Redirect.DISCARD);
      List<Process> both = ProcessBuilder.startPipeline(List.of(qemu, keeper));
      Process process = both.get(0);
      ProcessIdentity identity = identityOf(process);
      if (input.length > 0) {
        feed(process, input);
      }
      return QemuProcess.started(identity, process, both.get(1));
    } catch (IOException e) {
      throw notStarted(qemu.command(), e);
    }
  }

  /**
   * As {@link #launch(List, Map, Path)}, of a program that reads a secret from its standard input.
   *
   * @param input all that it reads there; the caller wipes it
   */
  public QemuProcess launch(
      List<String> argv, Map<String, String> environment, Path log, byte[] input) {
    File output = log.toFile();
    ProcessBuilder builder =
        builder(argv, environment)
            .redirectInput(input(input))
            .redirectOutput(Redirect.appendTo(output))
            .redirectError(Redirect.appendTo(output));
    try {
      Process process = builder.start();
      ProcessIdentity identity = identityOf(process);
      if (input.length > 0) {
        feed(process, input);
      }
      return QemuProcess.started(identity, process);
    } catch (IOException e) {
      throw notStarted(builder.command(), e);
    }
  }

  private Redirect input(byte[] input) {
    return input.length == 0 ? Redirect.from(network.input().toFile()) : Redirect.PIPE;
  }

  /** It has nothing to do in QEMU's network, and must not keep that from ending. */
  private ProcessBuilder keeper(List<String> argv) {
    List<String> command = within(NetworkEntry.OF_HOST).wrapper();
    command.addAll(argv);
    return builderOf(command, Map.of());
  }

  private ProcessBuilder builder(List<String> argv, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("prlimit", "--core=0:0"));
    command.addAll(wrapper());
    Map<String, String> own = new LinkedHashMap<>(environment);
    own.entrySet().removeAll(PLAIN.entrySet());
    if (!HOMES.containsAll(own.keySet())) {
      command.add("env");
      own.forEach((name, value) -> command.add(name + "=" + value));
      own.clear();
    }
    command.addAll(argv);
    return builderOf(command, own);
  }

  private static ProcessBuilder builderOf(List<String> command, Map<String, String> own) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(own);
    builder.environment().putAll(PLAIN);
    return builder;
  }

  /** The number and the start time stay the same through the wrapper's execs. */
  private static ProcessIdentity identityOf(Process process) {
    return ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), -1));
  }

  private static ProblemException notStarted(List<String> command, IOException cause) {
    return new ProblemException(
        ErrorCode.QEMU_START_FAILED,
        "QEMU cannot be started through " + command.get(0) + "; is util-linux installed?",
        cause);
  }

  /** One that ends before it has read is noticed by its end. */
  private static void feed(Process process, byte[] input) throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      if (process.isAlive()) {
        process.destroyForcibly();
        throw e;
      }
    }
  }

  private List<String> wrapper() {
    List<String> wrapper = new ArrayList<>(List.of("setsid"));
    wrapper.addAll(network.command());
    wrapper.addAll(List.of("setpriv", "--no-new-privs"));
    user.ifPresent(
        name ->
            wrapper.addAll(
                List.of(
                    "--reuid=" + name,
                    "--regid=" + UserIds.of(name).gid(),
                    "--init-groups",
                    "--inh-caps=-all",
                    "--bounding-set=-all")));
    if (!outliving) {
      wrapper.addAll(ParentDeathSignal.OPTIONS);
    }
    wrapper.add("--");
    return wrapper;
  }
}
