package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.driver.internal.qmp.QmpCommand;
import java.util.List;
import java.util.Map;

/** A guest whose reboot is to end it: libvirt says so through QMP, not on the command line. */
final class RebootAction {
  private RebootAction() {}

  /** The commands for a definition. */
  static List<QmpCommand<QmpCommand.EmptyReply>> of(DomainDefinition definition) {
    return "destroy".equals(definition.lifecycle().onReboot())
        ? List.of(QmpCommand.change("set-action", Map.of("reboot", "shutdown")))
        : List.of();
  }
}
