package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.network.NetworkSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which kind of PCI slot a device needs, if any. */
public final class PciSlotKinds {
  /** Cards of old; whatever is not known here is taken to be of today. */
  private static final Set<String> CONVENTIONAL_CARDS =
      Set.of(
          "rtl8139",
          "e1000",
          "netfront",
          "spapr-vlan",
          "lan9118",
          "scm91c111",
          "vlance",
          "vmxnet",
          "vmxnet2",
          "vmxnet3",
          "Am79C970A",
          "Am79C973",
          "82540EM",
          "82545EM",
          "82543GC");

  private static final Set<String> SOUND_CARDS = Set.of("ac97", "es1370", "ich6", "ich9");
  private static final Map<String, SlotKind> PCI_CONTROLLERS =
      Map.of(
          "pci-bridge", SlotKind.BRIDGE,
          "dmi-to-pci-bridge", SlotKind.DMI_BRIDGE,
          "pcie-to-pci-bridge", SlotKind.EXPRESS_TO_CONVENTIONAL,
          "pcie-root-port", SlotKind.ROOT_PORT,
          "pcie-switch-upstream-port", SlotKind.SWITCH_UPSTREAM,
          "pcie-switch-downstream-port", SlotKind.SWITCH_DOWNSTREAM,
          "pci-expander-bus", SlotKind.EXPANDER,
          "pcie-expander-bus", SlotKind.EXPRESS_EXPANDER);

  private PciSlotKinds() {}

  public static @Nullable SlotKind of(Device device, boolean express) {
    SlotKind kind = kind(device);
    if (kind == SlotKind.EXPRESS && !express) {
      return SlotKind.CONVENTIONAL;
    }
    return kind;
  }

  private static @Nullable SlotKind kind(Device device) {
    if (device instanceof Disk disk) {
      return DiskPlacement.bus(disk).equals("virtio") ? virtio(disk.model()) : null;
    }
    if (device instanceof NetworkInterface nic) {
      return nic.source() instanceof NetworkSource.HostPci ? SlotKind.EXPRESS : card(nic.model());
    }
    if (device instanceof Controller controller) {
      return controller(controller);
    }
    if (device instanceof Video video) {
      return video(video.model());
    }
    if (device instanceof Balloon balloon) {
      return balloon.model().equals("none") ? null : virtio(balloon.model());
    }
    if (device instanceof Rng rng) {
      return virtio(rng.model());
    }
    if (device instanceof Input input) {
      return "virtio".equals(input.bus()) ? virtio(input.model()) : null;
    }
    if (device instanceof Watchdog watchdog) {
      return watchdog.model().equals("i6300esb") ? SlotKind.CONVENTIONAL : null;
    }
    if (device instanceof CharacterDevice character) {
      return "pci-serial".equals(character.targetModel()) ? SlotKind.CONVENTIONAL : null;
    }
    if (device instanceof Filesystem filesystem) {
      return virtio(filesystem.model()); // virtiofs has no models
    }
    if (device instanceof MemoryDevice memory) {
      return memory.model().startsWith("virtio") ? SlotKind.EXPRESS : null;
    }
    if (device instanceof Iommu iommu) {
      return iommu.model().equals("virtio") ? SlotKind.INTEGRATED : null;
    }
    if (device instanceof HostDevice host) {
      return passedThrough(host);
    }
    return small(device);
  }

  private static @Nullable SlotKind small(Device device) {
    if (device instanceof Sound sound) {
      return SOUND_CARDS.contains(sound.model()) ? SlotKind.CONVENTIONAL : null;
    }
    if (device instanceof Vsock vsock) {
      return virtio(vsock.model());
    }
    if (device instanceof Panic panic) {
      return "pvpanic".equals(panic.model()) ? SlotKind.INTEGRATED_CONVENTIONAL : null;
    }
    if (device instanceof Crypto) {
      return SlotKind.EXPRESS;
    }
    return device instanceof SharedMemory ? SlotKind.CONVENTIONAL : null;
  }

  /** Nearly all devices that hosts give away are PCI Express. */
  private static @Nullable SlotKind passedThrough(HostDevice device) {
    if (device.info().address() instanceof Address.Unassigned) {
      return null;
    }
    if (device.source() instanceof HostSource.ScsiHost) {
      return virtio(device.options().model());
    }
    return device.source() instanceof HostSource.Pci
            || device.source() instanceof HostSource.Mediated
        ? SlotKind.EXPRESS
        : null;
  }

  /** Transitional devices are conventional PCI; the others are at home on either. */
  private static SlotKind virtio(@Nullable String model) {
    return model != null && model.equals("virtio-transitional")
        ? SlotKind.CONVENTIONAL
        : SlotKind.EXPRESS;
  }

  private static @Nullable SlotKind card(@Nullable String model) {
    if (model == null || model.equals("usb-net")) {
      return null;
    }
    if (model.equals("virtio-transitional")) {
      return SlotKind.CONVENTIONAL;
    }
    return CONVENTIONAL_CARDS.contains(model) ? SlotKind.CONVENTIONAL : SlotKind.EXPRESS;
  }

  private static @Nullable SlotKind video(@Nullable String model) {
    if (model == null || model.equals("ramfb") || model.equals("none")) {
      return null;
    }
    return model.equals("virtio") || model.equals("bochs")
        ? SlotKind.EXPRESS
        : SlotKind.CONVENTIONAL;
  }

  private static @Nullable SlotKind controller(Controller controller) {
    String model = controller.model() == null ? "" : controller.model();
    return switch (controller.type()) {
      case "pci" -> PCI_CONTROLLERS.get(model);
      case "usb" ->
          model.equals("none")
              ? null
              : model.endsWith("-xhci") ? SlotKind.EXPRESS : SlotKind.CONVENTIONAL;
      case "scsi" ->
          model.equals("ibmvscsi")
              ? null
              : model.startsWith("virtio") ? virtio(model) : SlotKind.CONVENTIONAL;
      case "virtio-serial" -> virtio(model);
      case "sata" -> SlotKind.CONVENTIONAL;
      default -> null;
    };
  }
}
