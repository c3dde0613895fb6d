package io.drover.standalone.cluster;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system account that QEMU runs as where the suite is root's: it has no shell, no home and no
 * password, and is made once.
 */
final class QemuAccount {
  static final String NAME = "drover-qemu";
  static final String SETTING = "DROVER_QEMU_USER";

  private static final Path ACCOUNTS = Path.of("/etc/passwd");
  private static final String OTHERWISE =
      " Or name another account with " + SETTING + ", or insist on root with " + SETTING + "=root.";

  private QemuAccount() {}

  /**
   * The account's name; it exists when this returns. Empty where the suite is not root's or the
   * operator has chosen a user.
   *
   * @throws IOException with the remedy, when there is no such account
   */
  static Optional<String> prepare(OperatorSettings settings)
      throws IOException, InterruptedException {
    if (!HostFolder.isRoot() || settings.passed().containsKey(SETTING)) {
      return Optional.empty();
    }
    if (!exists()) {
      make();
    }
    return Optional.of(NAME);
  }

  private static boolean exists() throws IOException {
    return Files.readAllLines(ACCOUNTS).stream().anyMatch(line -> line.startsWith(NAME + ":"));
  }

  private static void make() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("useradd", "--system", "--user-group", "--no-create-home"));
    command.addAll(List.of("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"));
    String kvm = kvmGroup();
    if (kvm != null) {
      command.addAll(List.of("--groups", kvm));
    }
    command.add(NAME);
    String refusal = SystemCommand.run(command).printed();
    if (!exists()) { // another suite may have made it meanwhile
      throw new IOException(
          "The account "
              + NAME
              + ", which QEMU runs as, cannot be made ("
              + refusal
              + "). Make it: "
              + String.join(" ", command)
              + "."
              + OTHERWISE);
    }
  }

  /** The group that may open /dev/kvm; null where that is root's own or there is no KVM. */
  private static @Nullable String kvmGroup() throws IOException {
    Path device = Path.of("/dev/kvm");
    if (!Files.exists(device)) {
      return null;
    }
    String group = Files.getAttribute(device, "posix:group").toString();
    return group.equals("root") ? null : group;
  }
}
