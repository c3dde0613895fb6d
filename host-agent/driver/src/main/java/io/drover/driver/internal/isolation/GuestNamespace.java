package io.drover.driver.internal.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.NetworkEntry;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.process.ToolProcess;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network namespace that lasts as long as somebody needs it. Its first process writes into a
 * pipe, the lease, which the driver and each QEMU in the namespace hold open for reading. The pipe
 * is full, so the writer waits; once the last reader is gone the kernel ends it. It is the first
 * process of a process namespace, in which the uplink runs too: the kernel ends that with it.
 * Nobody has to be alive to clean up.
 */
final class GuestNamespace implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final long GLANCE_MILLIS = 1;
  private final NetworkOwner owner;
  private final NamespaceRecord known;
  private final RandomAccessFile held;

  private GuestNamespace(NetworkOwner owner, NamespaceRecord known, RandomAccessFile held) {
    this.owner = owner;
    this.known = known;
    this.held = held;
  }

  /**
   * Makes one.
   *
   * @param lease a path where nothing is
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host does not let us
   */
  static GuestNamespace make(NetworkOwner owner, Path lease) {
    tool(List.of("mkfifo", "-m", "600", lease.toString()), new byte[0]);
    RandomAccessFile held = open(lease);
    try {
      QemuProcess first =
          new QemuLauncher(Optional.empty()).launch(holder(owner, lease), Map.of(), lease);
      awaitWriter(first, held);
      ProcessIdentity writer =
          ProcessHandle.of(first.identity().pid())
              .flatMap(parent -> parent.children().findFirst())
              .flatMap(child -> ProcessIdentity.of(child.pid()))
              .orElseThrow(() -> unable("its first process has ended"));
      String name = nameOf(writer.pid());
      if (name.equals(nameOf(ProcessHandle.current().pid()))) {
        throw unable("unshare has made no network namespace");
      }
      return new GuestNamespace(
          owner, new NamespaceRecord(name, writer, ProcessIdentity.bootId(), lease), held);
    } catch (RuntimeException e) {
      close(held);
      throw e;
    }
  }

  /** One that an earlier driver has made; empty when it is gone. */
  static Optional<GuestNamespace> adopt(NetworkOwner owner, NamespaceRecord known) {
    if (!known.bootId().equals(ProcessIdentity.bootId()) || !Files.exists(known.lease())) {
      return Optional.empty();
    }
    RandomAccessFile held = open(known.lease());
    GuestNamespace found = new GuestNamespace(owner, known, held);
    if (found.alive()) {
      return Optional.of(found);
    }
    close(held);
    return Optional.empty();
  }

  private static List<String> holder(NetworkOwner owner, Path lease) {
    // Its second file is never reached: it tells what the process is to those who list processes.
    return owner.make(
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "--",
            "setpriv",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--",
            "cat",
            "/dev/zero",
            lease.toString()));
  }

  /** The writer's first byte is a zero; whatever else comes is why there is no writer. */
  private static void awaitWriter(QemuProcess first, RandomAccessFile held) {
    try {
      FileInputStream stream = new FileInputStream(held.getFD());
      long glances = DEADLINE.toMillis() / GLANCE_MILLIS;
      for (long glance = 0; stream.available() == 0 && glance < glances; glance++) {
        if (first.exitWithin(GLANCE_MILLIS) && stream.available() == 0) {
          throw unable("unshare has ended with status " + first.exitStatus().orElse(-1));
        }
      }
      if (stream.available() == 0 || held.read() != 0) {
        first.kill();
        throw unable(new String(stream.readNBytes(stream.available()), UTF_8).strip());
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The lease of the guests' network cannot be read.", e);
    }
  }

  private static ProblemException unable(String why) {
    return new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING,
        "This host cannot isolate guests, no network namespace can be made: "
            + why
            + "; run the driver as root with CAP_SYS_ADMIN, or allow user namespaces"
            + " (user.max_user_namespaces, kernel.unprivileged_userns_clone,"
            + " kernel.apparmor_restrict_unprivileged_userns).");
  }

  NamespaceRecord known() {
    return known;
  }

  boolean alive() {
    return known.writer().alive();
  }

  /** How QEMU gets there: with no capability in it. */
  NetworkEntry entry() {
    List<String> command = new ArrayList<>();
    if (owner.privileged()) {
      command.addAll(List.of("nsenter", "--net=/proc/" + known.writer().pid() + "/ns/net", "--"));
    } else {
      command.addAll(enter("--net"));
      command.addAll(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all", "--"));
    }
    return new NetworkEntry(command, known.lease());
  }

  /** A command of the namespace's owner that ends by itself; it has all rights there. */
  ToolProcess.Result administer(List<String> command, byte[] input) {
    List<String> all = enter("--net");
    all.addAll(command);
    return ToolProcess.run(owner.run(all), input, DEADLINE);
  }

  /** Lets QEMU, of whatever group, pass on the echo requests of its guest. */
  void letPing() {
    String allGroups = owner.privileged() ? "0 4294967294" : "0 0"; // there it has the group 0
    List<String> command = owner.privileged() ? new ArrayList<>(entry().command()) : enter("--net");
    command.addAll(
        List.of("sh", "-c", "echo " + allGroups + " >/proc/sys/net/ipv4/ping_group_range"));
    ToolProcess.run(command, new byte[0], DEADLINE); // without it guests cannot ping
  }

  /** A command for the host's network that ends with the namespace. */
  List<String> outside(List<String> command) {
    List<String> all = enter("--pid");
    all.addAll(command);
    return owner.run(all);
  }

  private List<String> enter(String what) {
    return new ArrayList<>(
        List.of(
            "nsenter",
            "--target",
            Long.toString(known.writer().pid()),
            "--user",
            what,
            "--preserve-credentials",
            "--"));
  }

  /** The kernel's name of a process's network namespace. */
  static String nameOf(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The network namespace of the process " + pid + " cannot be read.",
          e);
    }
  }

  private static void tool(List<String> command, byte[] input) {
    ToolProcess.Result result = ToolProcess.run(command, input, DEADLINE);
    if (result.exitStatus() != 0) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, command.get(0) + " failed: " + result.output().strip());
    }
  }

  /** For both directions, which never waits for the other end. */
  private static RandomAccessFile open(Path lease) {
    try {
      return new RandomAccessFile(lease.toFile(), "rw");
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The pipe " + lease + " cannot be opened.", e);
    }
  }

  private static void close(RandomAccessFile held) {
    try {
      held.close();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The lease of the guests' network cannot be closed.", e);
    }
  }

  /** Needs it no longer; it ends with the last QEMU that runs in it, now when there is none. */
  @Override
  public void close() {
    close(held);
  }
}
