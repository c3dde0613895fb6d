package io.drover.cli.command;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.error.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** By what a guest can be reached, as its definition says. */
record GuestAccess(String console, String network) {
  private static final Set<String> CONSOLES = Set.of("serial", "console");
  private static final GuestAccess UNKNOWN = new GuestAccess("", "");

  /**
   * Reads a definition; nothing is said of one that this program is too old for.
   *
   * @param open the command that opens the console
   */
  static GuestAccess of(String xml, String open) {
    try {
      DomainDefinition definition = DomainXml.read(xml);
      boolean console =
          definition.devices(CharacterDevice.class).stream()
              .anyMatch(device -> CONSOLES.contains(device.element()));
      String network =
          definition.devices(NetworkInterface.class).stream()
              .map(GuestAccess::card)
              .collect(Collectors.joining("; "));
      return new GuestAccess(
          console ? open : "none: the definition has no <serial> or <console>",
          network.isEmpty() ? "none: the definition has no <interface>" : network);
    } catch (ProblemException tooNew) {
      return UNKNOWN;
    }
  }

  private static String card(NetworkInterface card) {
    String name =
        Optional.ofNullable(card.mac())
            .or(() -> Optional.ofNullable(card.model()))
            .orElse("a card");
    if (card.source() instanceof NetworkSource.Network network) {
      return name + " in network " + network.network();
    }
    return card.source() instanceof NetworkSource.User
        ? name + ", outbound only: no address that others reach"
        : name;
  }
}
