package io.drover.hostcli;

import io.drover.cli.command.CliSettings;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainCapabilitiesXml;
import io.drover.driver.HostCapabilities;
import io.drover.driver.HostInspection;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover domcapabilities}. */
@Command(
    name = "domcapabilities",
    mixinStandardHelpOptions = true,
    description = {
      "Print what domains of one type can have on this host, without a server.",
      "libvirt's domain capabilities XML, or the same as JSON with --output json."
    })
final class DomCapabilitiesCommand implements Callable<Integer> {
  private final CliSettings settings;
  private final CapabilityOutput output;

  @Option(
      names = {"--emulator", "--emulatorbin"},
      paramLabel = "FILE",
      description = "The QEMU binary; else the first of the architecture in PATH or /usr/bin.")
  @Nullable String emulator;

  @Option(names = "--arch", paramLabel = "ARCH", description = "As in x86_64; else this host's.")
  @Nullable String arch;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = "As in q35 or pc-q35-7.2; else pc.")
  @Nullable String machine;

  @Option(
      names = "--virttype",
      paramLabel = "TYPE",
      description = "qemu or kvm; else kvm where guests really run on it.")
  @Nullable String virttype;

  DomCapabilitiesCommand(Shell shell, CliSettings settings) {
    this.settings = settings;
    this.output = new CapabilityOutput(shell);
  }

  @Override
  public Integer call() {
    HostInspection inspection = output.inspection();
    HostCapabilities host = inspection.inspect();
    CapabilityQuery query =
        new CapabilityQuery(
            Optional.ofNullable(emulator),
            Optional.ofNullable(arch),
            Optional.ofNullable(machine),
            Optional.ofNullable(virttype));
    DomainCapabilities capabilities = inspection.domain(query, host);
    output.print(
        settings.documentFormat(), capabilities, DomainCapabilitiesXml.write(capabilities));
    return ExitCode.OK.number();
  }
}
