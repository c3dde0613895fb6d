package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.Buses;
import io.drover.definition.fromargv.draft.DeviceReader;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.storage.BlockSources;
import io.drover.definition.fromargv.storage.DiskParser;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Devices of the host that the guest has for itself. */
public final class HostDeviceParser {
  public static final Map<String, DeviceReader> READERS =
      Map.of(
          "vfio-pci", HostDeviceParser::pci,
          "vfio-pci-nohotplug", HostDeviceParser::pci,
          "usb-host", HostDeviceParser::usb,
          "vhost-scsi-pci", HostDeviceParser::scsiHost,
          "scsi-generic", HostDeviceParser::scsi);
  private static final Pattern PCI =
      Pattern.compile("(?:([0-9a-fA-F]{1,4}):)?([0-9a-fA-F]{1,2}):([0-9a-fA-F]{1,2})\\.([0-7])");
  private static final Pattern USB = Pattern.compile("/dev/bus/usb/(\\d+)/(\\d+)");
  private static final String MEDIATED = "/sys/bus/mdev/devices/";

  private HostDeviceParser() {}

  private static MutableElement device(ParsedCommandLine draft, String type) {
    return draft.devices().add("hostdev").with("mode", "subsystem").with("type", type);
  }

  private static void pci(ParsedCommandLine draft, String driver, Values values) {
    String path = values.peek("sysfsdev");
    if (path != null && path.startsWith(MEDIATED)) {
      values.take("sysfsdev");
      MutableElement mediated = device(draft, "mdev").with("model", "vfio-pci");
      mediated
          .with("display", values.takeOnOff("display"))
          .with("ramfb", values.takeOnOff("ramfb"));
      mediated.add("source").add("address").with("uuid", path.substring(MEDIATED.length()));
      GuestDeviceProps.common(draft, mediated, values);
      return;
    }
    Matcher at = PCI.matcher(String.valueOf(values.peek("host")));
    if (!at.matches()) {
      draft.unknownDevice(driver, values);
      return;
    }
    values.take("host");
    MutableElement host = device(draft, "pci").with("managed", "no");
    host.add("driver").with("name", "vfio");
    host.add("source")
        .add("address")
        .with("domain", "0x" + (at.group(1) == null ? "0000" : at.group(1)))
        .with("bus", "0x" + at.group(2))
        .with("slot", "0x" + at.group(3))
        .with("function", "0x" + at.group(4));
    String other = values.take("failover_pair_id");
    if (other != null) {
      host.add("teaming").with("type", "transient").with("persistent", other);
    }
    GuestDeviceProps.common(draft, host, values);
  }

  private static void usb(ParsedCommandLine draft, String driver, Values values) {
    MutableElement host = device(draft, "usb");
    MutableElement source = host.add("source");
    Matcher file = USB.matcher(String.valueOf(values.peek("hostdevice")));
    if (file.matches()) {
      values.take("hostdevice");
      address(source, Long.parseLong(file.group(1)), Long.parseLong(file.group(2)));
    } else if (values.has("hostaddr")) {
      Long bus = values.takeNumber("hostbus");
      Long number = values.takeNumber("hostaddr");
      address(source, bus == null ? 1 : bus, number == null ? 1 : number);
    }
    Long vendor = values.takeNumber("vendorid");
    Long product = values.takeNumber("productid");
    if (vendor != null && product != null) {
      source.add("vendor").with("id", Buses.hex(vendor.intValue(), 4));
      source.add("product").with("id", Buses.hex(product.intValue(), 4));
    }
    String one = values.takeOnOff("guest-reset");
    boolean all = values.takeOn("guest-resets-all");
    if (one != null) {
      source.with("guestReset", one.equals("off") ? "off" : all ? "on" : "uninitialized");
    }
    GuestDeviceProps.common(draft, host, values);
  }

  private static void address(MutableElement source, long bus, long device) {
    source.add("address").with("bus", bus).with("device", device);
  }

  private static void scsiHost(ParsedCommandLine draft, String driver, Values values) {
    MutableElement host = device(draft, "scsi_host");
    if (!GuestDeviceProps.base(driver).equals(driver)) {
      host.with("model", GuestDeviceProps.virtioModel(driver));
    }
    host.add("source").with("protocol", "vhost").with("wwpn", values.take("wwpn"));
    GuestDeviceProps.common(draft, host, values);
  }

  /** Only a device over iSCSI says which one it is; a file in /dev does not tell its adapter. */
  private static void scsi(ParsedCommandLine draft, String driver, Values values) {
    String node = values.peek("drive");
    Values backend = draft.backends().look("-blockdev", node);
    if (backend == null || !backend.is("driver", "iscsi")) {
      draft.unknownDevice(driver, values);
      return;
    }
    draft.backends().use("-blockdev", node);
    values.take("drive");
    MutableElement host = device(draft, "scsi");
    boolean readonly = backend.takeOn("read-only");
    MutableElement source = host.add("source");
    BlockSources.read(draft, new MutableElement("none"), source, backend);
    if (readonly) {
      host.add("readonly");
    }
    if (values.takeOn("share-rw")) {
      host.add("shareable");
    }
    DiskParser.onScsi(draft, host, values);
    GuestDeviceProps.common(draft, host, values);
  }
}
