package io.drover.definition.argv.device;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.SecretObjects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices of the host that the guest has for itself. */
public final class HostDevices {
  private HostDevices() {}

  /** All of them; network cards that are host devices come first. */
  public static List<DevicePart> parts(ArgvContext placed) {
    List<DevicePart> parts = new ArrayList<>();
    for (NetworkInterface nic : placed.definition().devices(NetworkInterface.class)) {
      if (nic.source() instanceof NetworkSource.HostPci host) {
        parts.add(part(placed, nic, host));
      }
    }
    int number = 0;
    for (HostDevice device : placed.definition().devices(HostDevice.class)) {
      DevicePart part = part(placed, device, "libvirt-hostdev" + number + "-backend");
      parts.add(part);
      number += part.blockdevs().size();
    }
    return parts;
  }

  /** A network card that is a device of the host. */
  static DevicePart part(ArgvContext placed, NetworkInterface nic, NetworkSource.HostPci host) {
    return DevicePart.of(
        JsonOption.device(pci(placed, nic, host.device(), host.persistentAlias())));
  }

  /**
   * One of them; nothing for those that the guest is kept from.
   *
   * @param node the name of the block node behind a SCSI device; the others have none
   */
  public static DevicePart part(ArgvContext placed, HostDevice device, String node) {
    if (device.info().address() instanceof Address.Unassigned) {
      return DevicePart.NONE;
    }
    if (device.source() instanceof HostSource.Pci pci) {
      return DevicePart.of(
          JsonOption.device(pci(placed, device, pci, device.options().persistentAlias())));
    }
    if (device.source() instanceof HostSource.Usb usb) {
      return DevicePart.of(JsonOption.device(usb(placed, device, usb)));
    }
    if (device.source() instanceof HostSource.ScsiHost host) {
      return DevicePart.of(JsonOption.device(scsiHost(placed, device, host)));
    }
    if (device.source() instanceof HostSource.Mediated mediated) {
      return DevicePart.of(JsonOption.device(mediated(placed, device, mediated)));
    }
    return scsi(placed, device, node);
  }

  private static Props pci(
      ArgvContext placed, Device device, HostSource.Pci pci, @Nullable String persistentAlias) {
    Props props =
        Props.device("vfio-pci")
            .put("host", pci.address())
            .put("id", ArgvContext.alias(device))
            .put("bootindex", placed.bootIndex(device))
            .put("failover_pair_id", persistentAlias);
    return rom(placed.at(props, device), device.info());
  }

  static Props rom(Props props, DeviceInfo info) {
    DeviceInfo.Rom rom = info.rom();
    if (rom != null) {
      String bar = rom.bar();
      props.put("rombar", bar == null ? null : (Integer) (bar.equals("on") ? 1 : 0));
      props.put("romfile", Boolean.FALSE.equals(rom.enabled()) ? "" : rom.file());
    }
    return props;
  }

  private static Props usb(ArgvContext placed, HostDevice device, HostSource.Usb usb) {
    String alias = ArgvContext.alias(device);
    Props props = Props.device("usb-host");
    String found = placed.layout().bindings().of(alias, file(usb));
    if (!found.isEmpty()) {
      props.put("hostdevice", found);
    } else if (placed.layout().bindings().exported() || placed.layout().bindings().byHand()) {
      props.put("vendorid", usb.vendor()).put("productid", usb.product());
    }
    props.put("id", alias).put("bootindex", placed.bootIndex(device));
    String reset = usb.guestReset() == null ? "" : usb.guestReset();
    switch (reset) {
      case "off" -> props.put("guest-reset", false);
      case "uninitialized" -> props.put("guest-reset", true).put("guest-resets-all", false);
      case "on" -> props.put("guest-reset", true).put("guest-resets-all", true);
      default -> {
        // QEMU's own way
      }
    }
    return placed.at(props, device);
  }

  /** The device's file where it is named by its place, else nothing. */
  private static String file(HostSource.Usb usb) {
    return usb.bus() == null || usb.device() == null
        ? ""
        : String.format("/dev/bus/usb/%03d/%03d", usb.bus(), usb.device());
  }

  private static Props scsiHost(ArgvContext placed, HostDevice device, HostSource.ScsiHost host) {
    Props props =
        Props.device(ArgvContext.virtioName("vhost-scsi", device.options().model()))
            .put("wwpn", host.wwpn())
            .put("id", ArgvContext.alias(device));
    return placed.at(props, device);
  }

  private static Props mediated(
      ArgvContext placed, HostDevice device, HostSource.Mediated mediated) {
    boolean ramfb = "on".equals(device.options().ramfb());
    Props props =
        Props.device(ramfb ? "vfio-pci-nohotplug" : "vfio-pci")
            .put("id", ArgvContext.alias(device))
            .put("sysfsdev", "/sys/bus/mdev/devices/" + mediated.uuid())
            .put("display", device.options().display())
            .put("ramfb", ramfb ? (Boolean) true : null);
    return placed.at(props, device);
  }

  private static DevicePart scsi(ArgvContext placed, HostDevice device, String node) {
    String alias = ArgvContext.alias(device);
    List<QemuOption> options = new ArrayList<>();
    Props backend;
    if (device.source() instanceof HostSource.Iscsi iscsi) {
      SecretReference given = iscsi.secret();
      String secret = given == null ? null : node + "-auth-secret0";
      if (given != null && secret != null) {
        options.add(SecretObjects.of(placed, secret, given));
      }
      backend = iscsi(iscsi, secret);
    } else {
      backend =
          Props.device("host_device")
              .put("filename", placed.layout().bindings().of(alias, "/dev/sg0"));
    }
    options.add(
        JsonOption.blockdev(
            backend.put("node-name", node).put("read-only", device.options().readonly())));
    Props props = Props.device("scsi-generic").put("drive", node).put("id", alias);
    props.put("bootindex", placed.bootIndex(device));
    options.add(JsonOption.device(onController(placed, device, props)));
    return new DevicePart(options);
  }

  private static Props iscsi(HostSource.Iscsi iscsi, @Nullable String secret) {
    int slash = iscsi.name().indexOf('/');
    String target = slash < 0 ? iscsi.name() : iscsi.name().substring(0, slash);
    String unit = slash < 0 ? "0" : iscsi.name().substring(slash + 1);
    String host = iscsi.host().contains(":") ? "[" + iscsi.host() + "]" : iscsi.host();
    return Props.device("iscsi")
        .put("portal", host + ":" + iscsi.port())
        .put("target", target)
        .number("lun", unit.matches("\\d{1,9}") ? unit : "0")
        .put("transport", "tcp")
        .put("user", iscsi.user())
        .put("password-secret", secret)
        .put("initiator-name", iscsi.initiator());
  }

  /** The old LSI controller knows units only; the others have channels and targets too. */
  private static Props onController(ArgvContext placed, HostDevice device, Props props) {
    if (device.info().address() instanceof Address.Drive at) {
      Controller controller = placed.controller("scsi", at.controller());
      String bus = placed.controllerAlias("scsi", at.controller());
      if (controller != null && "lsilogic".equals(controller.model())) {
        return props.put("bus", bus + "." + at.bus()).put("scsi-id", at.unit());
      }
      props.put("bus", bus + ".0").put("channel", at.bus());
      return props.put("scsi-id", at.target()).put("lun", at.unit());
    }
    return props;
  }
}
