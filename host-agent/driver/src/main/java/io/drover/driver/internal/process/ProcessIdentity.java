package io.drover.driver.internal.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number, until the host reboots.
 *
 * @param startTicks the kernel's start time of the process, in clock ticks since boot
 */
public record ProcessIdentity(long pid, long startTicks) {
  private static final int STATE_FIELD = 0;
  private static final int THREADS_FIELD = 17;
  private static final int START_TIME_FIELD = 19;
  private static final String ZOMBIE = "Z";

  /** Stands for a process that is about to be started: nobody knows its number yet. */
  public static final ProcessIdentity NOT_YET_KNOWN = new ProcessIdentity(0, 0);

  /** The process that has this number now; empty when none has, or only a zombie. */
  public static Optional<ProcessIdentity> of(long pid) {
    // No channel: one fails in an interrupted thread, and a live process would look gone.
    try (InputStream file = new FileInputStream("/proc/" + pid + "/stat")) {
      String stat = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      // The second field is the program's name in parentheses and may contain anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return gone(fields)
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TIME_FIELD])));
    } catch (IOException e) {
      // The kernel's way to say that there is no such process.
      return Optional.empty();
    }
  }

  /**
   * The first thread of a process is a zombie as soon as it has exited, while the others may still
   * hold its files and ports.
   */
  private static boolean gone(String[] fields) {
    return fields[STATE_FIELD].equals(ZOMBIE) && Long.parseLong(fields[THREADS_FIELD]) <= 1;
  }

  /** Whether exactly this process still runs. */
  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** Identifies this boot of the host: start times of another boot mean nothing. */
  public static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The host's boot id cannot be read", e);
    }
  }
}
