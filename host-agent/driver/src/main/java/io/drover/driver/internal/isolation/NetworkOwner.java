package io.drover.driver.internal.isolation;

import io.drover.driver.internal.process.UserIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the isolated network belongs to. A driver of root gives it to an account of its own: QEMU,
 * whoever it runs as, has no rights over the namespace then, and pasta none over the host.
 *
 * @param privileged whether this program is root; else the network belongs to its own user
 */
record NetworkOwner(boolean privileged) {
  /** Nobody's: neither Debian's policy nor systemd's table gives it to anybody. */
  private static final long ACCOUNT = 61_099;

  static NetworkOwner ofThisProgram() {
    return new NetworkOwner(UserIds.effective().uid() == 0);
  }

  /** The account's numbers. */
  UserIds ids() {
    return privileged ? new UserIds(ACCOUNT, ACCOUNT) : UserIds.effective();
  }

  /** The command, as the owner and without any capability. */
  List<String> run(List<String> command) {
    return with(List.of("--inh-caps=-all", "--bounding-set=-all"), command);
  }

  /**
   * The command, as the owner, that makes a user namespace: with the one capability, hosts that
   * forbid these to unprivileged users let it.
   */
  List<String> make(List<String> command) {
    return with(List.of("--inh-caps=-all,+sys_admin", "--ambient-caps=-all,+sys_admin"), command);
  }

  private List<String> with(List<String> capabilities, List<String> command) {
    List<String> all = new ArrayList<>();
    if (privileged) {
      all.addAll(List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--clear-groups"));
      all.addAll(capabilities);
      all.add("--");
    }
    all.addAll(command);
    return all;
  }
}
