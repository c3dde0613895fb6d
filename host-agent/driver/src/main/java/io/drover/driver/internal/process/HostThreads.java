package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * On which CPUs of the host threads run, and by which scheduler. Blocks the calling thread; needs
 * CAP_SYS_NICE for threads of other users and for the real-time schedulers.
 */
public final class HostThreads {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /**
   * Makes sure that a thread is one of a process: QEMU says its number, and a number may be that of
   * any thread of this host.
   *
   * @throws ProblemException {@code QEMU_START_FAILED} when it is not
   */
  public void requireOf(long process, long thread) {
    if (!Files.exists(Path.of("/proc/" + process + "/task/" + thread))) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "The thread " + thread + " is none of the QEMU " + process + "; nothing is pinned.");
    }
  }

  /**
   * Keeps all threads that a process has, and those that they make, to some CPUs.
   *
   * @param cpus as in {@code 0-3,8}
   * @throws ProblemException {@code QEMU_START_FAILED} when the host refuses, as for CPUs that it
   *     does not have
   */
  public void pinAll(long process, String cpus) {
    run("on the CPUs " + cpus, List.of("taskset", "-a", "-c", "-p", cpus, Long.toString(process)));
  }

  /** The same for one thread. */
  public void pin(long thread, String cpus) {
    run("on the CPUs " + cpus, List.of("taskset", "-c", "-p", cpus, Long.toString(thread)));
  }

  /**
   * Gives a thread a scheduler.
   *
   * @param policy batch, idle, fifo or rr
   * @param priority of fifo and rr 1 to 99, of the others 0
   */
  public void schedule(long thread, String policy, int priority) {
    run(
        "by the scheduler '" + policy + "'",
        List.of("chrt", "--" + policy, "-p", Integer.toString(priority), Long.toString(thread)));
  }

  private static void run(String wanted, List<String> command) {
    ToolProcess.Result result = ToolProcess.run(command, new byte[0], DEADLINE);
    if (result.exitStatus() != 0) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "The host does not run a thread " + wanted + ": " + result.output().strip());
    }
  }
}
