package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;

/** The numbers of a user of this host. */
public record UserIds(long uid, long gid) {
  /** Looks the user up; an unknown one is refused. */
  public static UserIds of(String name) {
    Passwd entry = POSIXFactory.getNativePOSIX().getpwnam(name);
    if (entry == null) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The user " + name + " does not exist; create it or choose another qemuUser.");
    }
    return new UserIds(entry.getUID(), entry.getGID());
  }

  /**
   * What a command begins with so that it runs as that user, without any privileges: for tools that
   * look at what a guest may have written.
   */
  public static List<String> switching(String name) {
    return List.of(
        "setpriv",
        "--no-new-privs",
        "--reuid=" + name,
        "--regid=" + of(name).gid(),
        "--init-groups",
        "--inh-caps=-all",
        "--bounding-set=-all",
        "--");
  }

  /** Those that this process runs as. */
  public static UserIds effective() {
    POSIX posix = POSIXFactory.getNativePOSIX();
    return new UserIds(posix.geteuid(), posix.getegid());
  }
}
