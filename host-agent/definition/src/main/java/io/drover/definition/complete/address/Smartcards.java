package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.definition.complete.builder.DefinitionBuilder;

/** Puts smartcards into readers, which are there when they are used. */
public final class Smartcards {
  private Smartcards() {}

  public static void apply(DefinitionBuilder draft) {
    for (Smartcard card : draft.all(Smartcard.class)) {
      int controller = 0;
      if (card.info().address() instanceof Address.Ccid given) {
        controller = given.controller();
      } else if (card.info().address() == null) {
        int slot = nextSlot(draft);
        draft.replace(card, card.withInfo(card.info().withAddress(new Address.Ccid(0, slot))));
      }
      draft.ensureController("ccid", controller, null);
    }
  }

  private static int nextSlot(DefinitionBuilder draft) {
    int highest = -1;
    for (Smartcard card : draft.all(Smartcard.class)) {
      if (card.info().address() instanceof Address.Ccid given && given.controller() == 0) {
        highest = Math.max(highest, given.slot());
      }
    }
    return highest + 1;
  }
}
