package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.storage.DiskSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What boots and on which machine.
 *
 * @param arch x86_64 or i686; null for the host's
 * @param machine pc, q35 or a version of them; null for pc
 * @param firmware bios or efi, for firmware that is chosen by its features
 * @param firmwareFeatures secure-boot and enrolled-keys: whether they must (true) or must not be
 * @param boot hd, cdrom, network, fd in the order to try
 * @param kernel a kernel of the host that QEMU boots directly
 * @param acpiTable a file of the host with the SLIC table that the guest finds
 */
public record Os(
    @Nullable String arch,
    @Nullable String machine,
    @Nullable String firmware,
    Map<String, Boolean> firmwareFeatures,
    @Nullable Loader loader,
    @Nullable Nvram nvram,
    List<String> boot,
    @Nullable BootMenu bootMenu,
    @Nullable String kernel,
    @Nullable String initrd,
    @Nullable String commandLine,
    @Nullable String deviceTree,
    @Nullable String acpiTable,
    @Nullable String smbios,
    @Nullable Bios bios) {
  public Os {
    firmwareFeatures = Defaults.map(firmwareFeatures);
    boot = Defaults.list(boot);
  }

  /**
   * @param type rom or pflash
   * @param path null when the firmware is chosen by its features
   */
  public record Loader(
      @Nullable String path,
      @Nullable String type,
      @Nullable Boolean readonly,
      @Nullable Boolean secure,
      @Nullable Boolean stateless) {}

  /**
   * The firmware's variables.
   *
   * @param template what a new one is copied from
   * @param source where they are kept; null for a file that the driver names
   */
  public record Nvram(@Nullable String template, @Nullable DiskSource source) {}

  public record BootMenu(boolean enabled, @Nullable Integer timeoutMillis) {}

  /** {@code rebootTimeout} in ms; -1 for no reboot. */
  public record Bios(@Nullable Boolean useSerial, @Nullable Integer rebootTimeout) {}

  public boolean q35Machine() {
    return machine != null && (machine.equals("q35") || machine.startsWith("pc-q35-"));
  }

  public Os withMachine(String newArch, String newMachine) {
    return new Os(
        newArch,
        newMachine,
        firmware,
        firmwareFeatures,
        loader,
        nvram,
        boot,
        bootMenu,
        kernel,
        initrd,
        commandLine,
        deviceTree,
        acpiTable,
        smbios,
        bios);
  }

  /** The same with this firmware, and no wish left for one that has certain features. */
  public Os withFirmware(@Nullable Loader newLoader, @Nullable Nvram newNvram) {
    return new Os(
        arch,
        machine,
        null,
        Map.of(),
        newLoader,
        newNvram,
        boot,
        bootMenu,
        kernel,
        initrd,
        commandLine,
        deviceTree,
        acpiTable,
        smbios,
        bios);
  }
}
