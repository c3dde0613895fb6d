package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that look like those of a driver. */
class HostProcessesIT {
  private static final String MARK = "--socket=/run/drover/qemu/0123abcd/fs0.sock";
  @TempDir Path folder;

  private Path process(int pid, String users, String... arguments) throws IOException {
    Path process = Files.createDirectory(folder.resolve(Integer.toString(pid)));
    Files.writeString(process.resolve("status"), "Name:\tqemu\nUid:\t" + users + "\nGid:\t0\n");
    Files.writeString(process.resolve("cmdline"), String.join("\0", arguments) + "\0");
    return process;
  }

  private List<Long> seen(Set<Long> users) {
    List<Long> seen = new ArrayList<>();
    new HostProcesses(folder, users)
        .each(
            (pid, arguments) -> {
              if (arguments.contains(MARK)) {
                seen.add(pid);
              }
            });
    return seen;
  }

  @Test
  void thoseOfOtherUsersAreNotOurs() throws IOException {
    process(1, "0\t0\t0\t0", "virtiofsd", MARK);
    process(2, "65534\t65534\t65534\t65534", "passt", MARK);
    process(3, "1000\t1000\t1000\t1000", "virtiofsd", MARK);
    process(4, "1000\t0\t0\t0", "su", MARK);
    assertThat(seen(Set.of(0L, 65534L))).containsExactlyInAnyOrder(1L, 2L);
  }

  /** With PR_SET_MM_MAP, anybody's process has as many arguments as it likes. */
  @Test
  void argumentsWithoutEndAreNotReadToTheirEnd() throws IOException {
    Path endless = process(1, "0\t0\t0\t0", "qemu", MARK);
    Files.delete(endless.resolve("cmdline"));
    Files.createSymbolicLink(endless.resolve("cmdline"), Path.of("/dev/zero"));
    process(2, "0\t0\t0\t0", "qemu", MARK);
    assertThat(seen(Set.of(0L))).containsExactly(2L);
  }

  @Test
  void oneOfOurOwnIsFoundAndOneOfNobodyIsNot() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    String mark = "--mark=" + folder;
    List<String> waiting = List.of("sh", "-c", "read word", "sh", mark);
    Process ours = new ProcessBuilder(waiting).start();
    List<String> theirs =
        new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
    theirs.addAll(waiting);
    Process other = new ProcessBuilder(theirs).start();
    Path status = Path.of("/proc/" + other.pid() + "/status");
    while (!Files.readString(status).contains("Uid:\t65534")) {
      Thread.onSpinWait();
    }
    try {
      assertThat(HostProcesses.ofHost(Optional.empty(), folder).marked(mark))
          .extracting(found -> found.identity().pid())
          .containsExactly(ours.pid());
    } finally {
      ours.destroyForcibly();
      other.destroyForcibly();
    }
  }
}
