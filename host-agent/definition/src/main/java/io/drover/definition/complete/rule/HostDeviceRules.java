package io.drover.definition.complete.rule;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.RedirectionFilter;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.Set;

/** What must hold for devices of the host, and for the small devices that lean on it. */
final class HostDeviceRules {
  private static final long MIN_SHARED_BYTES = 1L << 20;
  private final Faults faults;
  private final DefinitionBuilder draft;

  private HostDeviceRules(Faults faults, DefinitionBuilder draft) {
    this.faults = faults;
    this.draft = draft;
  }

  static void check(Faults faults, DefinitionBuilder draft) {
    HostDeviceRules host = new HostDeviceRules(faults, draft);
    for (HostDevice device : draft.all(HostDevice.class)) {
      host.device(device);
    }
    host.firmwareScreens();
    host.twice();
    host.unassigned();
    draft.all(SharedMemory.class).forEach(host::sharedMemory);
    draft.all(Tpm.class).forEach(host::tpm);
    draft.all(Smartcard.class).forEach(host::smartcard);
    draft.all(Crypto.class).forEach(host::crypto);
    host.panics();
    host.only(Tpm.class, "only a single TPM non-proxy device is supported.");
    host.only(Balloon.class, "only a single memory balloon device is supported.");
    host.only(Smartcard.class, "QEMU has room for one smartcard only.");
    host.only(Vsock.class, "A domain has at most one <vsock>.");
    host.only(RedirectionFilter.class, "A domain has at most one <redirfilter>.");
  }

  private <T extends Device> void only(Class<T> kind, String detail) {
    draft.all(kind).stream().skip(1).limit(1).forEach(second -> faults.fault(second, detail));
  }

  private void device(HostDevice device) {
    boolean boots = device.info().bootOrder() != null;
    HostDevice.Options options = device.options();
    if (device.source() instanceof HostSource.ScsiHost && boots) {
      faults.fault(device, "booting from assigned devices is not supported by vhost SCSI devices.");
    }
    if (device.source() instanceof HostSource.Mediated) {
      mediated(device, options, boots);
    }
    if (device.info().rom() != null && !(device.source() instanceof HostSource.Pci)) {
      faults.fault(device, "rom tuning is only supported for PCI devices.");
    }
    if ("unfiltered".equals(device.options().sgio())) {
      faults.fault(device, "unfiltered sgio is no longer supported.");
    }
    if (device.onScsi()
        && device.info().address() instanceof Address.Drive at
        && at.target() != 0
        && draft
            .controller("scsi", at.controller())
            .map(Controller::model)
            .filter("lsilogic"::equals)
            .isPresent()) {
      faults.fault(device, "target must be 0 for controller model 'lsilogic'.");
    }
    if (device.onScsi() && !(device.info().address() instanceof Address.Drive)) {
      faults.fault(device, "A SCSI host device needs an address of type 'drive'.");
    }
  }

  /** The firmware knows one screen in memory, whoever shows it. */
  private void firmwareScreens() {
    boolean shown =
        draft.all(Video.class).stream().anyMatch(video -> "ramfb".equals(video.model()));
    for (HostDevice device : draft.all(HostDevice.class)) {
      boolean screen = "on".equals(device.options().ramfb());
      if (screen && shown) {
        faults.fault(
            device, "Only one mediated device, and no <video> beside it, can have a ramfb.");
      }
      shown |= screen;
    }
  }

  private void mediated(HostDevice device, HostDevice.Options options, boolean boots) {
    String model = options.model() == null ? "" : options.model();
    if (!model.equals("vfio-pci")) {
      faults.fault(
          device, "mediated devices of model '" + model + "' exist on s390x only; use vfio-pci.");
      return;
    }
    if (boots) {
      faults.fault(
          device,
          "booting from assigned devices is not supported by mediated devices of model vfio-pci.");
    }
    if ("on".equals(options.display()) && draft.all(Graphics.class).isEmpty()) {
      faults.fault(device, "graphics device is needed for attribute value 'display=on'.");
    }
    if ("on".equals(options.ramfb()) && !"on".equals(options.display())) {
      faults.fault(device, "'ramfb=on' needs 'display=on'.");
    }
  }

  private void twice() {
    Set<HostSource> taken = new HashSet<>();
    for (NetworkInterface nic : draft.all(NetworkInterface.class)) {
      if (nic.source() instanceof NetworkSource.HostPci host && !taken.add(host.device())) {
        faults.fault(nic, "The host device " + host.device().address() + " is used twice.");
      }
    }
    for (HostDevice device : draft.all(HostDevice.class)) {
      if (!taken.add(identity(device.source()))) {
        faults.fault(device, "This device of the host is used by another <hostdev> as well.");
      }
    }
  }

  /** What tells a USB device from others is its numbers, whatever its policy. */
  private static HostSource identity(HostSource source) {
    return source instanceof HostSource.Usb usb
        ? new HostSource.Usb(usb.vendor(), usb.product(), usb.bus(), usb.device(), null, null)
        : source;
  }

  private void unassigned() {
    for (Device device : draft.devices()) {
      boolean able = device instanceof HostDevice host && host.source() instanceof HostSource.Pci;
      if (device.info().address() instanceof Address.Unassigned && !able) {
        faults.fault(
            device, "address of type 'unassigned' is supported only for PCI host devices.");
      }
    }
  }

  private void sharedMemory(SharedMemory memory) {
    String model = memory.model() == null ? "ivshmem" : memory.model();
    if (model.equals("ivshmem")) {
      faults.fault(
          memory,
          "shmem model 'ivshmem' is not supported by this QEMU; use 'ivshmem-plain' or"
              + " 'ivshmem-doorbell'.");
      return;
    }
    boolean doorbell = model.equals("ivshmem-doorbell");
    if (doorbell != memory.server()) {
      faults.fault(
          memory,
          "shmem model '"
              + model
              + "' is supported only with server option "
              + (doorbell ? "enabled." : "disabled."));
    }
    if (!doorbell && memory.msi() != null) {
      faults.fault(memory, "shmem model 'ivshmem-plain' doesn't support msi.");
    }
    Long size = memory.sizeBytes();
    if (doorbell && size != null) {
      faults.fault(memory, "shmem model 'ivshmem-doorbell' does not support size setting.");
    } else if (size != null && Long.bitCount(size) != 1) {
      faults.fault(memory, "shmem size must be a power of two.");
    } else if (size != null && size < MIN_SHARED_BYTES) {
      faults.fault(memory, "shmem size must be at least 1 MiB (1024 KiB).");
    }
  }

  private void tpm(Tpm tpm) {
    if (tpm.backend() instanceof Tpm.EmulatedTpm emulator
        && "1.2".equals(emulator.version())
        && "tpm-crb".equals(tpm.model())) {
      faults.fault(tpm, "Unsupported interface tpm-crb for TPM 1.2.");
    }
    if (tpm.info().address() != null) {
      faults.fault(tpm, "A TPM of this machine takes no address.");
    }
  }

  private void smartcard(Smartcard card) {
    if (!(card.info().address() instanceof Address.Ccid ccid) || ccid.slot() != 0) {
      faults.fault(card, "A smartcard sits in slot 0 of a controller of type 'ccid'.");
    }
  }

  private void crypto(Crypto crypto) {
    if (crypto.backend().equals("lkcf")) {
      faults.fault(crypto, "The backend 'lkcf' is not supported by this QEMU; use 'builtin'.");
    }
  }

  private void panics() {
    Set<String> models = new HashSet<>();
    for (Panic panic : draft.all(Panic.class)) {
      String model = panic.model() == null ? "isa" : panic.model();
      if (!models.add(model)) {
        faults.fault(panic, "Multiple panic devices with model '" + model + "'.");
      }
      Address address = panic.info().address();
      if (model.equals("isa") && address != null && !(address instanceof Address.Isa)) {
        faults.fault(panic, "panic is supported only with ISA address type.");
      }
      if (model.equals("hyperv") && address != null) {
        faults.fault(
            panic, "setting the panic device address is not supported for model 'hyperv'.");
      }
    }
  }
}
