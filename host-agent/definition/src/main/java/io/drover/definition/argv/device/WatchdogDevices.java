package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Watchdog;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.List;

/** What acts when the guest hangs. */
public final class WatchdogDevices {
  private WatchdogDevices() {}

  /** A watchdog; that of the chipset is there, and is only let reset the machine. */
  public static DevicePart part(ArgvContext placed, Watchdog watchdog) {
    if (watchdog.model().equals("itco")) {
      return new DevicePart(List.of(new TextOption("-global", "ICH9-LPC.noreboot=off")));
    }
    Props device = Props.device(watchdog.model()).put("id", ArgvContext.alias(watchdog));
    return DevicePart.of(JsonOption.device(placed.at(device, watchdog)));
  }

  /** What they all do: QEMU has one action, that of the last. */
  public static List<QemuOption> action(ArgvContext placed) {
    List<Watchdog> watchdogs = placed.definition().devices(Watchdog.class);
    if (watchdogs.isEmpty()) {
      return List.of();
    }
    String action = watchdogs.get(watchdogs.size() - 1).action();
    return List.of(new TextOption("-watchdog-action", action.equals("dump") ? "pause" : action));
  }
}
