package io.drover.hostcli;

import io.drover.cli.command.CliSettings;
import io.drover.cli.command.CommandSource;
import io.drover.cli.shell.Shell;
import java.util.List;

/** {@code drover capabilities} and {@code drover domcapabilities}. */
public final class HostCommandSource implements CommandSource {
  @Override
  public List<Object> commands(Shell shell, CliSettings settings) {
    return List.of(
        new CapabilitiesCommand(shell, settings), new DomCapabilitiesCommand(shell, settings));
  }
}
