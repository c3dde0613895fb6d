package io.drover.definition.complete;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.address.Aliases;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.address.MemoryPlacement;
import io.drover.definition.complete.address.PciAddresses;
import io.drover.definition.complete.address.SerialPorts;
import io.drover.definition.complete.address.UsbPorts;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import io.drover.definition.complete.defaults.Characters;
import io.drover.definition.complete.defaults.DefaultModels;
import io.drover.definition.complete.defaults.FirmwareChoice;
import io.drover.definition.complete.defaults.GenerationIds;
import io.drover.definition.complete.defaults.HostModel;
import io.drover.definition.complete.defaults.ImplicitDevices;
import io.drover.definition.complete.defaults.NamedCpuModel;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.complete.rule.Rules;
import java.util.List;

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
    return run(definition, emulator, Faults.stopping());
  }

  /**
   * Completes one device that is plugged into a domain that runs. It gets what {@link #complete}
   * would give it: models, address, alias; all other devices stay as they are. Buses are not added:
   * a full one is a fault.
   *
   * @param running the completed definition of the domain that runs
   * @param device one that is not in it; an alias other than a user's is given anew
   * @throws ProblemException {@code INVALID_DEFINITION} when the device does not fit in
   */
  public static PluggedDevice completeOne(
      DomainDefinition running, Device device, EmulatorFacts emulator) {
    return new DevicePlugging(running, device).complete(emulator);
  }

  /**
   * All that is wrong with a definition, without an end at the first step that finds something. The
   * paths are those of the definition's elements.
   */
  public static List<Problem.Fault> faults(DomainDefinition definition, EmulatorFacts emulator) {
    Faults faults = Faults.collecting();
    faults.attempt(() -> run(definition, emulator, faults));
    List<String> paths = definition.devicePaths();
    return faults.found().stream()
        .map(found -> found.device() < 0 ? found.fault() : at(paths.get(found.device()), found))
        .distinct()
        .toList();
  }

  /** The path tells where; the name by which people know the device is said besides. */
  private static Problem.Fault at(String path, Faults.Found found) {
    Problem.Fault fault = found.fault();
    String name = fault.path().substring("/domain/devices/".length());
    String detail = name.contains("'") ? name + ": " + fault.detail() : fault.detail();
    return new Problem.Fault(fault.code(), path, 0, 0, detail);
  }

  private static DomainDefinition run(
      DomainDefinition definition, EmulatorFacts emulator, Faults faults) {
    Rules.check(faults, definition);
    DefinitionBuilder draft =
        new DefinitionBuilder(MemoryPlacement.apply(machine(definition, emulator, faults)));
    DiskPlacement.apply(draft);
    Characters.apply(draft);
    ImplicitDevices.apply(draft);
    DefaultModels.apply(draft);
    Rules.checkPlaced(faults, draft);
    faults.attempt(() -> SerialPorts.assign(draft));
    faults.attempt(() -> PciAddresses.assign(draft, faults));
    faults.attempt(() -> UsbPorts.assign(draft));
    Rules.checkAssigned(faults, draft);
    Aliases.assign(draft);
    return draft.finished();
  }

  private static DomainDefinition machine(
      DomainDefinition definition, EmulatorFacts emulator, Faults faults) {
    Os os = definition.os();
    String machine = os.machine() == null ? "pc" : os.machine();
    String canonical = emulator.machineAliases().getOrDefault(machine, machine);
    DomainDefinition complete =
        definition.withOs(os.withMachine(os.arch() == null ? "x86_64" : os.arch(), canonical));
    if (complete.type() == null) {
      complete = complete.withType(emulator.defaultType());
    }
    Rules.check(faults, complete, emulator);
    complete = HostModel.apply(complete, emulator.offer().hostModel());
    complete = NamedCpuModel.apply(complete, emulator.offer().cpuFeatures());
    complete = GenerationIds.apply(complete);
    if (complete.emulator() == null) {
      complete = complete.withEmulator(emulator.path(complete.os().arch()));
    }
    DomainDefinition chosen = complete;
    DomainDefinition[] flashed = {chosen};
    faults.attempt(() -> flashed[0] = FirmwareChoice.apply(chosen, emulator.firmware()));
    return flashed[0];
  }
}
