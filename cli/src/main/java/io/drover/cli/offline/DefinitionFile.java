package io.drover.cli.offline;

import io.drover.cli.shell.InputFile;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.definition.DomainXml;

/** A domain's definition in a file: libvirt domain XML, or the same as JSON. */
final class DefinitionFile {
  private static final int MAX_BYTES = 256 * 1024;

  private DefinitionFile() {}

  static byte[] content(Shell shell, String name) {
    return InputFile.read(shell, name, MAX_BYTES);
  }

  /**
   * Reads it as the gateway would.
   *
   * @throws io.drover.contracts.error.ProblemException with all that is wrong with it
   */
  static DomainDefinition read(Shell shell, String name) {
    byte[] content = content(shell, name);
    return InputFile.looksLikeJson(content) ? DomainJson.read(content) : DomainXml.read(content);
  }
}
