package io.drover.driver.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes of this host that a driver may have started: those of its own user and of QEMU's.
 * Anybody on a host can call a process what they like, and give it any arguments.
 */
public final class HostProcesses {
  /** More than the kernel takes at a start; a process may claim gigabytes later. */
  private static final int MAX_ARGUMENT_BYTES = 8 * 1024 * 1024;

  private static final int MAX_STATUS_BYTES = 4096;

  /** Real and effective: a program that runs as root for somebody else is not ours. */
  private static final Pattern USERS =
      Pattern.compile("(?:.*\n)?Uid:\t(\\d+)\t(\\d+)\t.*", Pattern.DOTALL);

  private final Path proc;
  private final Set<Long> users;

  HostProcesses(Path proc, Set<Long> users) {
    this.proc = proc;
    this.users = Set.copyOf(users);
  }

  /**
   * Of this host.
   *
   * @param user whom QEMU runs as; empty for this program's own
   * @param state the folder of domains' folders: an earlier driver may have had another user
   */
  public static HostProcesses ofHost(Optional<UserIds> user, Path state) {
    Set<Long> users = new HashSet<>(Set.of(UserIds.effective().uid()));
    user.ifPresent(ids -> users.add(ids.uid()));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(state)) {
      for (Path folder : folders) {
        Number owner = (Number) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        users.add(owner.longValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folders of domains cannot be listed", e);
    }
    return new HostProcesses(Path.of("/proc"), users);
  }

  /** The processes that were started with exactly that argument. */
  public List<QemuProcess> marked(String argument) {
    List<QemuProcess> found = new ArrayList<>();
    each(
        (pid, arguments) -> {
          if (arguments.contains(argument)) {
            ProcessIdentity.of(pid).flatMap(QemuProcess::find).ifPresent(found::add);
          }
        });
    return found;
  }

  /**
   * Shows all of them.
   *
   * @param taker gets the number and the arguments of each
   */
  public void each(BiConsumer<Long, List<String>> taker) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (own(process)) {
          long pid = Long.parseLong(String.valueOf(process.getFileName()));
          taker.accept(pid, arguments(process));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The processes of this host cannot be listed", e);
    }
  }

  private boolean own(Path process) {
    Matcher found = USERS.matcher(head(process.resolve("status"), MAX_STATUS_BYTES));
    return found.matches()
        && users.contains(Long.parseLong(found.group(1)))
        && users.contains(Long.parseLong(found.group(2)));
  }

  private static List<String> arguments(Path process) {
    String all = head(process.resolve("cmdline"), MAX_ARGUMENT_BYTES);
    return all.isEmpty() ? List.of() : List.of(all.split("\0", -1));
  }

  private static String head(Path file, int most) {
    // No channel: one fails in an interrupted thread, and a live process would look gone.
    try (InputStream stream = new FileInputStream(file.toFile())) {
      return new String(stream.readNBytes(most), UTF_8);
    } catch (IOException e) {
      return ""; // it ended between listing and reading
    }
  }
}
