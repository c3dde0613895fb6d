package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.Hub;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.device.AudioBackends;
import io.drover.definition.argv.device.BalloonDevices;
import io.drover.definition.argv.device.CharacterDevices;
import io.drover.definition.argv.device.ControllerDevices;
import io.drover.definition.argv.device.CryptoDevices;
import io.drover.definition.argv.device.Displays;
import io.drover.definition.argv.device.GuestLinks;
import io.drover.definition.argv.device.HostDevices;
import io.drover.definition.argv.device.InputDevices;
import io.drover.definition.argv.device.IommuDevices;
import io.drover.definition.argv.device.NetworkDevices;
import io.drover.definition.argv.device.PanicDevices;
import io.drover.definition.argv.device.RngDevices;
import io.drover.definition.argv.device.SoundDevices;
import io.drover.definition.argv.device.TpmDevices;
import io.drover.definition.argv.device.UsbDevices;
import io.drover.definition.argv.device.VideoDevices;
import io.drover.definition.argv.device.WatchdogDevices;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.machine.CpuOptions;
import io.drover.definition.argv.machine.Firmware;
import io.drover.definition.argv.machine.MachineOptions;
import io.drover.definition.argv.machine.SystemTables;
import io.drover.definition.argv.memory.EncryptedMemory;
import io.drover.definition.argv.memory.GuestNuma;
import io.drover.definition.argv.memory.MemoryDevices;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.SecretObjects;
import io.drover.definition.argv.option.TextOption;
import io.drover.definition.argv.storage.DiskDevices;
import io.drover.definition.argv.storage.SharedDirectories;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * QEMU's command line for a domain, in libvirt's fixed order of options. The same input always
 * gives the same command line. Pure; for any thread.
 */
public final class QemuArgv {
  private final ArgvContext placed;
  private final DomainDefinition definition;
  private final List<QemuOption> options = new ArrayList<>();

  private QemuArgv(ArgvContext placed) {
    this.placed = placed;
    this.definition = placed.definition();
  }

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
    QemuArgv argv = new QemuArgv(placed);
    argv.head();
    argv.devices();
    argv.tail();
    return argv.words();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(String.valueOf(definition.emulator()));
    for (QemuOption option :
        new DevicePart(options).overridden(definition.qemu().overrides()).options()) {
      words.add(option.word());
      String value = option.value();
      if (value != null) {
        words.add(value);
      }
    }
    return List.copyOf(words);
  }

  private void add(List<? extends QemuOption> more) {
    options.addAll(more);
  }

  private void add(DevicePart part) {
    options.addAll(part.options());
  }

  private void text(String word, String value) {
    options.add(new TextOption(word, value));
  }

  private void flag(String word) {
    options.add(TextOption.flag(word));
  }

  /** Adds all devices of a kind in the definition's order. */
  private <T extends Device> void each(Class<T> kind, BiFunction<ArgvContext, T, DevicePart> part) {
    each(definition.devices(kind), part);
  }

  private <T> void each(List<T> devices, BiFunction<ArgvContext, T, DevicePart> part) {
    for (T device : devices) {
      add(part.apply(placed, device));
    }
  }

  private void head() {
    text("-name", "guest=" + TextOption.escape(definition.name()) + ",debug-threads=on");
    compatibility(definition.qemu().deprecation());
    flag("-S");
    options.add(SecretObjects.master(placed));
    add(Firmware.blockdevs(placed));
    add(MachineOptions.machine(placed));
    options.add(CpuOptions.model(placed));
    add(Firmware.rom(placed));
    add(MachineOptions.memory(placed));
    add(CpuOptions.count(placed));
    add(GuestNuma.options(placed));
    if (definition.uuid() != null) {
      text("-uuid", definition.uuid().toString());
    }
    add(SystemTables.smbios(placed));
    add(SystemTables.generation(placed));
    add(Displays.none(placed));
    flag("-no-user-config");
    flag("-nodefaults");
    add(CharacterDevices.monitor(placed));
    add(MachineOptions.clock(placed));
    add(MachineOptions.power(placed));
    add(MachineOptions.boot(placed));
  }

  /** What QEMU does with commands and answers that are deprecated. */
  private void compatibility(@Nullable String behavior) {
    if (behavior != null && !behavior.equals("none")) {
      Props policy =
          new Props()
              .put("deprecated-output", "hide")
              .put("deprecated-input", behavior.equals("omit") ? null : behavior);
      options.add(new JsonOption(JsonOption.Kind.COMPAT, policy.members()));
    }
  }

  private void devices() {
    each(Iommu.class, IommuDevices::part);
    each(ControllerDevices.ordered(placed), ControllerDevices::part);
    each(MemoryDevice.class, MemoryDevices::part);
    each(Hub.class, UsbDevices::part);
    add(DiskDevices.floppyController(placed));
    DiskDevices.parts(placed).forEach(this::add);
    each(Filesystem.class, SharedDirectories::part);
    each(emulatedCards(), NetworkDevices::part);
    each(Smartcard.class, UsbDevices::part);
    each(CharacterDevices.all(placed), CharacterDevices::part);
    each(Tpm.class, TpmDevices::part);
    each(Input.class, InputDevices::part);
    add(AudioBackends.options(placed));
    each(Graphics.class, Displays::part);
    each(Video.class, VideoDevices::part);
    each(Sound.class, SoundDevices::part);
    each(Watchdog.class, WatchdogDevices::part);
    add(WatchdogDevices.action(placed));
    each(RedirectedDevice.class, UsbDevices::part);
    HostDevices.parts(placed).forEach(this::add);
    each(Balloon.class, BalloonDevices::part);
    each(Rng.class, RngDevices::part);
    if (definition.features().isOn("vmcoreinfo")) {
      options.add(JsonOption.device(Props.device("vmcoreinfo")));
    }
    add(EncryptedMemory.options(placed));
    each(Crypto.class, CryptoDevices::part);
  }

  /** Cards that are devices of the host are added with those. */
  private List<NetworkInterface> emulatedCards() {
    Predicate<NetworkInterface> fromHost = nic -> nic.source() instanceof NetworkSource.HostPci;
    return definition.devices(NetworkInterface.class).stream().filter(fromHost.negate()).toList();
  }

  private void tail() {
    definition.qemu().arguments().forEach(this::flag);
    text("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    each(Panic.class, PanicDevices::part);
    each(SharedMemory.class, GuestLinks::part);
    each(Vsock.class, GuestLinks::part);
    text("-msg", "timestamp=on");
  }
}
