package io.drover.definition.complete.rule;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;

/** What must hold for watchdogs and smartcards. */
final class MiscDeviceRules {
  private MiscDeviceRules() {}

  static void check(Faults faults, DefinitionBuilder draft) {
    draft.all(Watchdog.class).stream()
        .skip(1)
        .limit(1)
        .forEach(second -> faults.fault(second, "only a single watchdog device is supported."));
    for (Watchdog watchdog : draft.all(Watchdog.class)) {
      if (watchdog.model().equals("ib700") && watchdog.info().address() != null) {
        faults.fault(watchdog, "The watchdog ib700 does not support configuring the address.");
      }
    }
    for (Smartcard card : draft.all(Smartcard.class)) {
      if (card.info().address() instanceof Address.Ccid at
          && (at.controller() != 0 || at.slot() != 0)) {
        faults.fault(card, "QEMU has one smartcard only, in slot 0 of controller 0.");
      }
    }
  }
}
