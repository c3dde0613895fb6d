package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.driver.internal.qmp.QmpCommand;
import java.util.List;
import java.util.Map;

/** Network cards whose cable is out when the guest starts: a command line cannot say so. */
final class LinkStates {
  private LinkStates() {}

  /** The commands for a completed definition. */
  static List<QmpCommand<QmpCommand.EmptyReply>> of(DomainDefinition completed) {
    return completed.devices(NetworkInterface.class).stream()
        .filter(nic -> "down".equals(nic.linkState()))
        .map(nic -> down(String.valueOf(nic.info().alias())))
        .toList();
  }

  private static QmpCommand<QmpCommand.EmptyReply> down(String card) {
    return QmpCommand.change("set_link", Map.of("name", card, "up", false));
  }
}
