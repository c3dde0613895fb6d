package io.drover.driver.internal.domain;

import io.drover.contracts.definition.Lifecycle;
import org.jspecify.annotations.Nullable;

/** What becomes of a QEMU whose guest has ended: it waits with {@code -no-shutdown}. */
enum LifecycleAction {
  /** It is ended, too. */
  END,
  /** The guest boots again in it. */
  RESTART,
  /** It stays as it is, for whoever wants to look at it. */
  KEEP;

  /**
   * After {@code SHUTDOWN}.
   *
   * @param reason QEMU's own; only the guest's wish to power off can be answered by a restart
   */
  static LifecycleAction afterShutdown(String reason, Lifecycle lifecycle) {
    return reason.equals("guest-shutdown") && restarts(lifecycle.onPoweroff()) ? RESTART : END;
  }

  /** After {@code GUEST_PANICKED}; as in libvirt, a guest that crashes is ended by default. */
  static LifecycleAction afterPanic(Lifecycle lifecycle) {
    if ("preserve".equals(lifecycle.onCrash())) {
      return KEEP;
    }
    return restarts(lifecycle.onCrash()) ? RESTART : END;
  }

  private static boolean restarts(@Nullable String action) {
    return action != null && action.endsWith("restart");
  }
}
