package io.drover.definition.complete.rule;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for watchdogs and smartcards. */
final class MiscDeviceRules {
  private MiscDeviceRules() {}

  static void check(Faults faults, DefinitionBuilder draft) {
    watchdogs(faults, draft);
    for (Smartcard card : draft.all(Smartcard.class)) {
      if (card.info().address() instanceof Address.Ccid at
          && (at.controller() != 0 || at.slot() != 0)) {
        faults.fault(card, "QEMU has one smartcard only, in slot 0 of controller 0.");
      }
    }
  }

  /** That of the chipset, which exports of newer libvirt name, may stand beside one other. */
  private static void watchdogs(Faults faults, DefinitionBuilder draft) {
    List<Watchdog> watchdogs = draft.all(Watchdog.class);
    Set<Boolean> kinds = new HashSet<>();
    watchdogs.stream()
        .filter(watchdog -> !kinds.add(watchdog.model().equals("itco")))
        .limit(1)
        .forEach(second -> faults.fault(second, "only a single watchdog device is supported."));
    boolean pair = kinds.size() == watchdogs.size();
    if (pair && watchdogs.stream().map(Watchdog::action).distinct().count() > 1) {
      faults.fault(
          watchdogs.get(watchdogs.size() - 1),
          "QEMU has one action for all watchdogs; give both the same.");
    }
    for (Watchdog watchdog : watchdogs) {
      String model = watchdog.model();
      boolean chipset = model.equals("itco");
      if (chipset && !draft.q35()) {
        faults.fault(
            watchdog, "The watchdog itco is part of q35 machines; use i6300esb on other machines.");
      }
      if ((chipset || model.equals("ib700")) && watchdog.info().address() != null) {
        faults.fault(
            watchdog, "The watchdog " + model + " does not support configuring the address.");
      }
    }
  }
}
