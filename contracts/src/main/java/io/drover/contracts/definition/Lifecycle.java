package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the guest powers off, reboots or crashes, and whether it may sleep.
 *
 * @param suspendToMemory whether the guest is offered S3; null for QEMU's default
 * @param suspendToDisk whether the guest is offered S4; null for QEMU's default
 */
public record Lifecycle(
    @Nullable String onPoweroff,
    @Nullable String onReboot,
    @Nullable String onCrash,
    @Nullable String onLockFailure,
    @Nullable Boolean suspendToMemory,
    @Nullable Boolean suspendToDisk) {
  public static final Lifecycle DEFAULT = new Lifecycle(null, null, null, null, null, null);

  private static final String[] ACTIONS = {"destroy", "restart", "rename-restart", "preserve"};
  private static final String[] CRASH_ACTIONS = {
    "destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart"
  };

  static Lifecycle read(XmlElement domain) {
    XmlElement power = domain.gathered("pm");
    return new Lifecycle(
        action(domain, "on_poweroff", ACTIONS),
        action(domain, "on_reboot", ACTIONS),
        action(domain, "on_crash", CRASH_ACTIONS),
        action(domain, "on_lockfailure", "poweroff", "restart", "pause", "ignore"),
        power == null ? null : enabled(power.child("suspend-to-mem")),
        power == null ? null : enabled(power.child("suspend-to-disk")));
  }

  private static @Nullable Boolean enabled(@Nullable XmlElement element) {
    return element == null ? null : element.values().yesNo("enabled");
  }

  private static @Nullable String action(XmlElement domain, String name, String... allowed) {
    XmlElement element = domain.child(name);
    if (element == null) {
      return null;
    }
    String action = element.text();
    if (action.isEmpty()) {
      return null;
    }
    for (String word : allowed) {
      if (word.equals(action)) {
        return action;
      }
    }
    element.invalid("'" + action + "' is not one of " + String.join(", ", allowed) + ".");
    return null;
  }

  void write(XmlWriter out) {
    out.element("on_poweroff", onPoweroff)
        .element("on_reboot", onReboot)
        .element("on_crash", onCrash)
        .element("on_lockfailure", onLockFailure);
    if (suspendToMemory != null || suspendToDisk != null) {
      out.open("pm");
      if (suspendToMemory != null) {
        out.open("suspend-to-mem").yesNo("enabled", suspendToMemory).close();
      }
      if (suspendToDisk != null) {
        out.open("suspend-to-disk").yesNo("enabled", suspendToDisk).close();
      }
      out.close();
    }
  }
}
