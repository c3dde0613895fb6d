package io.drover.driver.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts QEMU so that it outlives this process: a session of its own, no pipes to us, no privileges
 * to gain, no core dumps (they would hold keys), and another user where one is set.
 */
public final class QemuLauncher {
  private static final Duration TOOL_DEADLINE = Duration.ofSeconds(10);
  private final Optional<String> user;

  /**
   * @param user whom QEMU runs as; needs root
   */
  public QemuLauncher(Optional<String> user) {
    this.user = user;
  }

  /**
   * Starts QEMU.
   *
   * @param argv the emulator and its arguments; holds no secrets
   * @param environment everything that QEMU's environment has besides PATH and LC_ALL
   * @param log gets both outputs, appended; exists already
   */
  public QemuProcess launch(List<String> argv, Map<String, String> environment, Path log) {
    List<String> command = new ArrayList<>(wrapper());
    command.addAll(argv);
    File output = log.toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(output))
            .redirectError(Redirect.appendTo(output))
            .directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      // The number and the start time stay the same through the wrapper's execs.
      ProcessIdentity identity =
          ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), -1));
      return QemuProcess.started(identity, process);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "QEMU cannot be started through " + command.get(0) + "; is util-linux installed?",
          e);
    }
  }

  /**
   * Forbids core dumps, which would hold keys. While QEMU loads, beside it: in the chain of
   * programs that leads to QEMU it would cost each start a millisecond.
   */
  public void forbidCoreDumps(QemuProcess process) {
    ToolRun.Result result =
        ToolRun.run(
            List.of("prlimit", "--core=0:0", "--pid", Long.toString(process.identity().pid())),
            new byte[0],
            TOOL_DEADLINE);
    if (result.exitStatus() != 0 && process.identity().alive()) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED, "Core dumps cannot be forbidden: " + result.output());
    }
  }

  private List<String> wrapper() {
    List<String> wrapper =
        new ArrayList<>(List.of("prlimit", "--core=0:0", "setsid", "setpriv", "--no-new-privs"));
    user.ifPresent(
        name ->
            wrapper.addAll(
                List.of(
                    "--reuid=" + name,
                    "--regid=" + UserIds.of(name).gid(),
                    "--init-groups",
                    "--inh-caps=-all",
                    "--bounding-set=-all")));
    wrapper.add("--");
    return wrapper;
  }
}
