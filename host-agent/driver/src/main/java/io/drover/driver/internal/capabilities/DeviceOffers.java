package io.drover.driver.internal.capabilities;

import io.drover.driver.DomainCapabilities.Offer;
import io.drover.driver.Emulator;
import io.drover.driver.HostDescription;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which devices an emulator has, by its flags; pure. */
final class DeviceOffers {
  private final Emulator emulator;
  private final String machine;
  private final HostDescription host;

  /**
   * @param machine its canonical name
   */
  DeviceOffers(Emulator emulator, String machine, HostDescription host) {
    this.emulator = emulator;
    this.machine = machine;
    this.host = host;
  }

  Map<String, Offer> all() {
    Map<String, Offer> devices = new LinkedHashMap<>();
    devices.put("disk", disk());
    devices.put("graphics", graphics());
    devices.put("video", video());
    devices.put("hostdev", hostdev());
    devices.put("rng", rng());
    devices.put("filesystem", filesystem());
    devices.put("tpm", tpm());
    devices.put("redirdev", redirdev());
    devices.put("channel", channel());
    return devices;
  }

  Offer memoryBacking() {
    return new OfferBuilder()
        .enumeration("sourceType")
        .value("file")
        .value("anonymous")
        .value("memfd", has("memory-backend-memfd"))
        .supported(true);
  }

  private Offer disk() {
    return virtio(
            new OfferBuilder()
                .enumeration("diskDevice")
                .value("disk")
                .value("cdrom")
                .value("floppy", pc())
                .value("lun")
                .enumeration("bus")
                .value("ide", machine.startsWith("pc-i440fx-") || machine.equals("isapc"))
                .value("fdc", pc())
                .value("scsi", has("virtio-scsi-pci") || has("lsi"))
                .value("virtio")
                .value("usb", has("usb-storage"))
                .value("sata", has("ich9-ahci"))
                .enumeration("model"))
        .supported(true);
  }

  private Offer graphics() {
    return new OfferBuilder()
        .enumeration("type")
        .value("sdl", has("sdl"))
        .value("vnc", has("vnc"))
        .value("spice", has("spice"))
        .value("egl-headless", has("egl-headless"))
        .value("dbus", has("display-dbus"))
        .supported(true);
  }

  private Offer video() {
    return new OfferBuilder()
        .enumeration("modelType")
        .value("vga", has("VGA"))
        .value("cirrus", has("cirrus-vga"))
        .value("vmvga", has("vmware-svga"))
        .value("qxl", has("qxl"))
        .value("virtio", has("virtio-gpu"))
        .value("none")
        .value("bochs", has("bochs-display"))
        .value("ramfb", has("ramfb"))
        .supported(true);
  }

  private Offer hostdev() {
    boolean vfio = host.vfio() && has("vfio-pci");
    return new OfferBuilder()
        .enumeration("mode")
        .value("subsystem")
        .enumeration("startupPolicy")
        .value("default")
        .value("mandatory")
        .value("requisite")
        .value("optional")
        .enumeration("subsysType")
        .value("usb")
        .value("pci")
        .value("scsi", has("virtio-scsi-pci"))
        .enumeration("capsType")
        .enumeration("pciBackend")
        .value("default", vfio)
        .value("vfio", vfio)
        .supported(true);
  }

  private Offer rng() {
    return virtio(new OfferBuilder().enumeration("model"))
        .enumeration("backendModel")
        .value("random", has("rng-random"))
        .value("egd", has("rng-egd"))
        .value("builtin", has("rng-builtin"))
        .supported(has("virtio-rng"));
  }

  private Offer filesystem() {
    return new OfferBuilder()
        .enumeration("driverType")
        .value("path")
        .value("handle")
        .value("virtiofs", has("vhost-user-fs"))
        .supported(true);
  }

  private Offer tpm() {
    boolean emulated = has("tpm-emulator") && host.swtpm();
    OfferBuilder tpm =
        new OfferBuilder()
            .enumeration("model")
            .value("tpm-tis", has("tpm-tis"))
            .value("tpm-crb", has("tpm-crb"))
            .enumeration("backendModel")
            .value("passthrough", has("tpm-passthrough"));
    if (emulated) {
      tpm.value("emulator").value("external").enumeration("backendVersion").value("2.0");
    }
    return tpm.supported(has("tpm-tis") || has("tpm-crb"));
  }

  private Offer redirdev() {
    return new OfferBuilder().enumeration("bus").value("usb").supported(has("usb-redir"));
  }

  private Offer channel() {
    return new OfferBuilder()
        .enumeration("type")
        .value("pty")
        .value("unix")
        .value("spicevmc", has("spice"))
        .supported(true);
  }

  private OfferBuilder virtio(OfferBuilder model) {
    boolean both = has("virtio-pci-non-transitional");
    return model
        .value("virtio")
        .value("virtio-transitional", both)
        .value("virtio-non-transitional", both);
  }

  private boolean pc() {
    return machine.startsWith("pc-") || machine.equals("isapc");
  }

  private boolean has(String flag) {
    return emulator.has(flag);
  }
}
