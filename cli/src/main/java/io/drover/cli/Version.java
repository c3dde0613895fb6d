package io.drover.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "drover "
          + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
              .orElse("(unpackaged)")
    };
  }
}
