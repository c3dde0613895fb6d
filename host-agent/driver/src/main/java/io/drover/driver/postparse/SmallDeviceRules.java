package io.drover.driver.postparse;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Watchdog;

/** What must hold for watchdogs and smartcards. */
final class SmallDeviceRules {
  private SmallDeviceRules() {}

  static void check(Rules rules, Draft draft) {
    for (Watchdog watchdog : draft.all(Watchdog.class)) {
      if (watchdog.model().equals("ib700") && watchdog.info().address() != null) {
        rules.fault(watchdog, "The watchdog ib700 does not support configuring the address.");
      }
      boolean differs =
          draft.all(Watchdog.class).stream()
              .anyMatch(other -> !other.action().equals(watchdog.action()));
      if (differs) {
        rules.fault(watchdog, "All watchdogs must have the same action.");
      }
    }
    for (Smartcard card : draft.all(Smartcard.class)) {
      if (card.info().address() instanceof Address.Ccid at
          && (at.controller() != 0 || at.slot() != 0)) {
        rules.fault(card, "QEMU has one smartcard only, in slot 0 of controller 0.");
      }
    }
  }
}
