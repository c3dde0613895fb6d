package io.drover.driver.postparse;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.error.ProblemException;

/**
 * Completes definitions. The same definition always gives the same machine; completing twice
 * changes nothing. Pure; for any thread.
 */
public final class PostParse {
  private PostParse() {}

  /**
   * Adds what libvirt would add.
   *
   * @throws ProblemException {@code INVALID_DEFINITION} when the devices do not fit together
   */
  public static DomainDefinition complete(DomainDefinition definition, EmulatorFacts emulator) {
    Rules.check(definition);
    Draft draft = new Draft(MemoryPlacement.apply(machine(definition, emulator)));
    DiskPlacement.apply(draft);
    Characters.apply(draft);
    ImplicitDevices.apply(draft);
    DefaultModels.apply(draft);
    Rules.checkPlaced(draft);
    SerialPorts.assign(draft);
    PciAddresses.assign(draft);
    UsbPorts.assign(draft);
    Aliases.assign(draft);
    return draft.finished();
  }

  private static DomainDefinition machine(DomainDefinition definition, EmulatorFacts emulator) {
    Os os = definition.os();
    String machine = os.machine() == null ? "pc" : os.machine();
    String canonical = emulator.machineAliases().getOrDefault(machine, machine);
    DomainDefinition complete =
        definition.withOs(os.withMachine(os.arch() == null ? "x86_64" : os.arch(), canonical));
    if (complete.type() == null) {
      complete = complete.withType(emulator.defaultType());
    }
    Rules.check(complete, emulator);
    complete = HostModel.apply(complete, emulator.offer().hostModel());
    complete = NamedModel.apply(complete, emulator.offer().cpuFeatures());
    complete = GenerationIds.apply(complete);
    complete = FirmwareChoice.apply(complete, emulator.firmware());
    return complete.emulator() == null ? complete.withEmulator(emulator.path()) : complete;
  }
}
