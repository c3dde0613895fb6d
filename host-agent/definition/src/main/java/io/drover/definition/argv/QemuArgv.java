package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.device.AudioBackends;
import io.drover.definition.argv.device.CharacterDevices;
import io.drover.definition.argv.device.ControllerDevices;
import io.drover.definition.argv.device.Displays;
import io.drover.definition.argv.device.GuestLinks;
import io.drover.definition.argv.device.HostDevices;
import io.drover.definition.argv.device.MiscDevices;
import io.drover.definition.argv.device.NetworkDevices;
import io.drover.definition.argv.device.SoundDevices;
import io.drover.definition.argv.device.TpmDevices;
import io.drover.definition.argv.device.UsbDevices;
import io.drover.definition.argv.device.VideoDevices;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.machine.CpuOptions;
import io.drover.definition.argv.machine.Firmware;
import io.drover.definition.argv.machine.MachineOptions;
import io.drover.definition.argv.machine.SystemTables;
import io.drover.definition.argv.memory.EncryptedMemory;
import io.drover.definition.argv.memory.GuestNuma;
import io.drover.definition.argv.memory.MemoryDevices;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.SecretObjects;
import io.drover.definition.argv.storage.DiskDevices;
import io.drover.definition.argv.storage.SharedDirectories;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * QEMU's command line for a domain, in libvirt's fixed order of options. The same input always
 * gives the same command line. Pure; for any thread.
 */
public final class QemuArgv {
  private QemuArgv() {}

  /**
   * Builds the command line; the emulator's path comes first.
   *
   * @param completed a definition that {@code PostParse} has completed
   * @throws ProblemException when the definition asks for what QEMU here does not do
   */
  public static List<String> build(
      DomainDefinition completed, HostLayout layout, SecretMaterial secrets) {
    ArgvContext placed = new ArgvContext(completed, layout, secrets);
    UnsupportedOnHost.check(placed);
    Arguments out = new Arguments(completed.qemu().overrides());
    head(placed, out);
    devices(placed, out);
    completed.qemu().arguments().forEach(out::flag);
    out.option(
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    MiscDevices.panics(placed, out);
    GuestLinks.sharedMemory(placed, out);
    GuestLinks.vsocks(placed, out);
    out.option("-msg", "timestamp=on");
    return out.words();
  }

  private static void head(ArgvContext placed, Arguments out) {
    DomainDefinition definition = placed.definition();
    out.flag(String.valueOf(definition.emulator()));
    out.option("-name", "guest=" + Arguments.escape(definition.name()) + ",debug-threads=on");
    compatibility(definition.qemu().deprecation(), out);
    out.flag("-S");
    out.add(SecretObjects.master(placed));
    out.add(Firmware.blockdevs(placed));
    MachineOptions.machine(placed, out);
    CpuOptions.model(placed, out);
    Firmware.rom(placed, out);
    MachineOptions.memory(placed, out);
    CpuOptions.count(placed, out);
    GuestNuma.add(placed, out);
    if (definition.uuid() != null) {
      out.option("-uuid", definition.uuid().toString());
    }
    SystemTables.smbios(placed, out);
    SystemTables.generation(placed, out);
    Displays.none(placed, out);
    out.flag("-no-user-config").flag("-nodefaults");
    CharacterDevices.monitor(placed, out);
    MachineOptions.clock(placed, out);
    MachineOptions.power(placed, out);
    MachineOptions.boot(placed, out);
  }

  /** What QEMU does with commands and answers that are deprecated. */
  private static void compatibility(@Nullable String behavior, Arguments out) {
    if (behavior != null && !behavior.equals("none")) {
      out.option(
          "-compat",
          new Props()
              .put("deprecated-output", "hide")
              .put("deprecated-input", behavior.equals("omit") ? null : behavior));
    }
  }

  private static void devices(ArgvContext placed, Arguments out) {
    MiscDevices.iommus(placed, out);
    ControllerDevices.add(placed, out);
    MemoryDevices.add(placed, out);
    UsbDevices.hubs(placed, out);
    out.add(DiskDevices.floppyController(placed));
    DiskDevices.parts(placed).forEach(out::add);
    SharedDirectories.add(placed, out);
    NetworkDevices.add(placed, out);
    UsbDevices.smartcards(placed, out);
    CharacterDevices.add(placed, out);
    TpmDevices.add(placed, out);
    MiscDevices.inputs(placed, out);
    AudioBackends.add(placed, out);
    Displays.add(placed, out);
    VideoDevices.add(placed, out);
    SoundDevices.add(placed, out);
    MiscDevices.watchdogs(placed, out);
    UsbDevices.redirected(placed, out);
    HostDevices.add(placed, out);
    MiscDevices.balloon(placed, out);
    MiscDevices.rngs(placed, out);
    if (placed.definition().features().isOn("vmcoreinfo")) {
      out.device(Props.device("vmcoreinfo"));
    }
    EncryptedMemory.add(placed, out);
    MiscDevices.cryptos(placed, out);
  }
}
