package io.drover.hostcli;

import io.drover.cli.command.CliSettings;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.driver.CapabilitiesXml;
import io.drover.driver.HostCapabilities;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drover capabilities}. */
@Command(
    name = "capabilities",
    mixinStandardHelpOptions = true,
    description = {
      "Print what this host and its emulators offer, without a server.",
      "libvirt's capabilities XML, or the same and more with --output json."
    })
final class CapabilitiesCommand implements Callable<Integer> {
  private final CliSettings settings;
  private final CapabilityOutput output;

  CapabilitiesCommand(Shell shell, CliSettings settings) {
    this.settings = settings;
    this.output = new CapabilityOutput(shell);
  }

  @Override
  public Integer call() {
    HostCapabilities host = output.inspection().inspect();
    output.complain(host);
    output.print(
        settings.documentFormat(),
        host,
        CapabilitiesXml.write(host.host(), host.emulators(), host.accelerators()));
    return ExitCode.OK.number();
  }
}
