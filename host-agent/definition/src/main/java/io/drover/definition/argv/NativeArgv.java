package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.taint.TaintRules;
import java.util.List;

/**
 * The command line of a definition without any host: {@code domxml-to-native}. What only a host
 * decides has placeholders in it. Pure; for any thread.
 */
public final class NativeArgv {
  private NativeArgv() {}

  /**
   * The command line for this domain XML.
   *
   * @throws ProblemException with all that is wrong with the definition
   */
  public static List<String> of(String xml) {
    return of(DomainXml.read(xml), EmulatorFacts.offline());
  }

  /** The command line for a document in the encoding that it declares. */
  public static List<String> of(byte[] xml) {
    return of(DomainXml.read(xml), EmulatorFacts.offline());
  }

  /** The command line for a definition on a given emulator. */
  public static List<String> of(DomainDefinition definition, EmulatorFacts emulator) {
    return command(definition, emulator).argv();
  }

  /** The command for a definition on a given emulator, its environment included. */
  public static NativeCommand command(DomainDefinition definition, EmulatorFacts emulator) {
    DomainDefinition completed = PostParse.complete(definition, emulator);
    String name = completed.name();
    return new NativeCommand(
        QemuEnvironment.of(completed, HostLayout.placeholderFolder(name)),
        QemuArgv.build(completed, HostLayout.placeholders(name), SecretMaterial.placeholders()),
        TaintRules.of(completed, false, TaintRules.DEPRECATED));
  }
}
