package io.drover.driver.internal.isolation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pasta process that carries what leaves a namespace. Its sockets are bound to the device of
 * the host's default route, so that the kernel finds none of the host's other addresses through
 * them, not even one that is added later. For one thread at a time.
 */
final class Uplink {
  private static final String PROGRAM = "pasta";
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final Duration STEADY = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Path TUN = Path.of("/dev/net/tun");

  /**
   * Where no udev opens the device to all, a copy of it is, in a mount namespace of this process
   * alone.
   */
  private static final String WITH_TUN =
      "mount -t tmpfs -o mode=755 none /dev/net && mknod -m 666 /dev/net/tun c 10 200"
          + " && exec \"$@\"";

  private final GuestNamespace namespace;
  private final HostProcesses processes;
  private final Path log;
  private final boolean privileged;
  private Optional<QemuProcess> running = Optional.empty();
  private List<String> devices = List.of();
  private Duration pause = FIRST_PAUSE;
  private long startedAt;
  private boolean reported;

  /**
   * @param processes those of the namespace's owner
   * @param log gets pasta's output
   */
  Uplink(GuestNamespace namespace, HostProcesses processes, Path log, boolean privileged) {
    this.namespace = namespace;
    this.processes = processes;
    this.log = log;
    this.privileged = privileged;
  }

  /** Takes over what an earlier driver has started. */
  void adopt(HostNetwork host) {
    running = processes.marked(mark()).stream().findFirst();
    devices = devices(host);
  }

  /**
   * Has it run as the host's network wants it.
   *
   * @param now monotonic nanoseconds
   */
  void keep(HostNetwork host, long now) {
    List<String> wanted = devices(host);
    if (wanted.equals(devices) && alive()) {
      return;
    }
    if (wanted.isEmpty()) {
      report("This host has no default route", null);
      return;
    }
    if (!devices.isEmpty() && wanted.equals(devices) && now - startedAt < pause.toNanos()) {
      return;
    }
    if (startedAt != 0) {
      report("The uplink of isolated guests (pasta) has ended or its device has changed", words());
      boolean steady = now - startedAt > STEADY.toNanos();
      pause = steady ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
    processes.marked(mark()).forEach(QemuProcess::kill);
    emptyLog();
    devices = wanted;
    startedAt = now;
    running =
        Optional.of(
            new QemuLauncher(Optional.empty()).launchBounded(command(wanted), log, new byte[0]));
  }

  /** It has the words of one run, so that one that fails again and again does not fill the disk. */
  private void emptyLog() {
    try {
      Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
          .close();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The log " + log + " cannot be emptied; check its rights.", e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void report(String what, @Nullable String words) {
    if (!reported || words != null) {
      LOG.warn(
          "{}; isolated guests reach nothing until it is started again. {}",
          what,
          words == null ? "" : words);
    }
    reported = true;
  }

  boolean alive() {
    return running.filter(process -> process.identity().alive()).isPresent();
  }

  /** pasta wants to write to a system log as well, which not every host has. */
  private String words() {
    String said =
        LogTail.whole(log)
            .read()
            .lines()
            .filter(line -> !line.startsWith("Failed to send "))
            .collect(Collectors.joining("\n"));
    return "Its output: "
        + said
        + (privileged || openToAll()
            ? ""
            : "\n" + TUN + " is closed to this user; open it as udev does (chmod 0666).");
  }

  /** No other process is called with it. */
  private String mark() {
    return "/proc/" + namespace.known().writer().pid() + "/ns/net";
  }

  private static List<String> devices(HostNetwork host) {
    List<String> options = new ArrayList<>();
    host.uplink4().ifPresent(device -> options.addAll(List.of("--outbound-if4", device)));
    host.uplink6().ifPresent(device -> options.addAll(List.of("--outbound-if6", device)));
    if (!options.isEmpty() && host.uplink4().isEmpty()) {
      options.add("--ipv6-only");
    } else if (!options.isEmpty() && host.uplink6().isEmpty()) {
      options.add("--ipv4-only");
    }
    return options;
  }

  private List<String> command(List<String> options) {
    List<String> pasta =
        new ArrayList<>(
            List.of(
                PROGRAM,
                "--foreground",
                "--config-net",
                "--no-map-gw",
                "--tcp-ports",
                "none",
                "--udp-ports",
                "none",
                "--tcp-ns",
                "none",
                "--udp-ns",
                "none",
                "--ns-ifname",
                "up0"));
    pasta.addAll(options);
    pasta.addAll(List.of("--netns-only", "--netns", mark()));
    List<String> command = new ArrayList<>();
    if (privileged && !openToAll()) {
      command.addAll(List.of("unshare", "--mount", "--", "sh", "-c", WITH_TUN, "sh"));
    }
    command.addAll(namespace.outside(pasta));
    return command;
  }

  private static boolean openToAll() {
    try {
      return Files.getPosixFilePermissions(TUN).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false; // it is not there
    }
  }
}
