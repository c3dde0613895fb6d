package io.drover.hostcli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drover.cli.output.OutputFormat;
import io.drover.cli.shell.Shell;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.HostCapabilities;
import io.drover.driver.HostInspection;
import java.nio.file.Path;

/** What the commands about this host have in common. */
final class CapabilityOutput {
  private final Shell shell;

  CapabilityOutput(Shell shell) {
    this.shell = shell;
  }

  /** This host, with what earlier commands found kept in the user's cache. */
  HostInspection inspection() {
    Path cache =
        shell
            .variable("XDG_CACHE_HOME")
            .map(Path::of)
            .or(() -> shell.variable("HOME").map(home -> Path.of(home, ".cache")))
            .orElse(Path.of(System.getProperty("java.io.tmpdir")))
            .resolve("drover/capabilities");
    return HostInspection.of(
        cache,
        Path.of(System.getProperty("java.io.tmpdir")),
        shell.variable("PATH").orElse(""),
        shell.clock(),
        shell.ticker()::nanos);
  }

  /** Says on standard error which emulators cannot be used. */
  void complain(HostCapabilities host) {
    host.leftOut()
        .forEach(each -> shell.err().println("drover: left out: " + each.reason().strip()));
    shell.err().flush();
  }

  /** The document as JSON, or libvirt's XML for every other format. */
  void print(OutputFormat format, Object document, String xml) {
    shell.out().print(format == OutputFormat.json ? json(document) : xml);
    shell.out().flush();
  }

  private static String json(Object document) {
    try {
      return ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Capabilities must be writable", e);
    }
  }
}
