package io.drover.cli.live;

import io.drover.contracts.operation.Applies;
import picocli.CommandLine.Option;

/** Which definitions are changed; the running domain alone when nothing is said. */
final class AppliesOptions {
  @Option(names = "--live", description = "Change the running domain (the default).")
  private boolean live;

  @Option(names = "--config", description = "Change the definition, from the next start.")
  private boolean config;

  @Option(names = "--persistent", description = "Both: as --live --config.")
  private boolean persistent;

  Applies applies() {
    if (persistent || (live && config)) {
      return Applies.BOTH;
    }
    return config ? Applies.CONFIG : Applies.LIVE;
  }
}
