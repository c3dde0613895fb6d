package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.character.CharacterSources;
import io.drover.definition.fromargv.draft.DeviceReader;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.HashMap;
import java.util.Map;

/** Input devices, watchdogs, the balloon, sources of randomness, IOMMUs, panic devices. */
public final class MiscDeviceParser {
  public static final Map<String, DeviceReader> READERS = new HashMap<>();
  private static final Map<String, String> USB_INPUTS =
      Map.of("usb-mouse", "mouse", "usb-tablet", "tablet", "usb-kbd", "keyboard");

  static {
    USB_INPUTS.keySet().forEach(driver -> READERS.put(driver, MiscDeviceParser::usbInput));
    for (String kind : new String[] {"mouse", "tablet", "keyboard"}) {
      READERS.put("virtio-" + kind + "-pci", MiscDeviceParser::virtioInput);
    }
    READERS.put("virtio-input-host-pci", MiscDeviceParser::virtioInput);
    for (String model : new String[] {"i6300esb", "ib700", "diag288"}) {
      READERS.put(model, MiscDeviceParser::watchdog);
    }
    READERS.put("virtio-balloon-pci", MiscDeviceParser::balloon);
    READERS.put("virtio-rng-pci", MiscDeviceParser::rng);
    READERS.put("intel-iommu", MiscDeviceParser::iommu);
    READERS.put("virtio-iommu", MiscDeviceParser::iommu);
    READERS.put("virtio-iommu-pci", MiscDeviceParser::iommu);
    READERS.put("pvpanic", MiscDeviceParser::panic);
    READERS.put("pvpanic-pci", MiscDeviceParser::panic);
    READERS.put("virtio-crypto-pci", MiscDeviceParser::crypto);
    READERS.put("vmcoreinfo", MiscDeviceParser::coreInfo);
    READERS.put("vmgenid", MiscDeviceParser::generation);
  }

  private MiscDeviceParser() {}

  private static void usbInput(ParsedCommandLine draft, String driver, Values values) {
    MutableElement input =
        draft.devices().add("input").with("type", USB_INPUTS.get(driver)).with("bus", "usb");
    GuestDeviceProps.common(draft, input, values);
  }

  private static void virtioInput(ParsedCommandLine draft, String driver, Values values) {
    String kind = GuestDeviceProps.base(driver).replaceAll("^virtio-|-pci$", "");
    boolean passed = kind.equals("input-host");
    MutableElement input =
        draft
            .devices()
            .add("input")
            .with("type", passed ? "passthrough" : kind)
            .with("bus", "virtio");
    model(input, driver);
    if (passed) {
      input.add("source").with("evdev", values.take("evdev"));
    }
    GuestDeviceProps.virtio(input, values);
    GuestDeviceProps.common(draft, input, values);
  }

  private static void model(MutableElement device, String driver) {
    if (!GuestDeviceProps.base(driver).equals(driver)) {
      device.with("model", GuestDeviceProps.virtioModel(driver));
    }
  }

  /** Input devices of the host that are objects. */
  public static void evdev(ParsedCommandLine draft) {
    for (String id : draft.backends().all("-object").keySet()) {
      Values object = draft.backends().look("-object", id);
      if (object == null || !object.is("qom-type", "input-linux")) {
        continue;
      }
      draft.backends().use("-object", id);
      object.take("qom-type");
      MutableElement input = draft.devices().add("input").with("type", "evdev");
      boolean all = object.takeOn("grab_all");
      input
          .add("source")
          .with("dev", object.take("evdev"))
          .with("grab", all ? "all" : null)
          .with("grabToggle", object.take("grab-toggle"))
          .with("repeat", object.takeOnOff("repeat"));
      GuestDeviceProps.alias(input, id);
    }
  }

  private static void watchdog(ParsedCommandLine draft, String driver, Values values) {
    MutableElement watchdog = draft.devices().add("watchdog").with("model", driver);
    GuestDeviceProps.common(draft, watchdog, values);
  }

  /** The action is one for all watchdogs; it comes after them. */
  public static void watchdogAction(ParsedCommandLine draft, Values values) {
    draft.watchdogAction(values.take("action", "reset"));
  }

  private static void balloon(ParsedCommandLine draft, String driver, Values values) {
    boolean plain = GuestDeviceProps.base(driver).equals(driver);
    MutableElement balloon =
        draft
            .devices()
            .add("memballoon")
            .with("model", plain ? "virtio" : GuestDeviceProps.virtioModel(driver))
            .with("autodeflate", values.takeOnOff("deflate-on-oom"))
            .with("freePageReporting", values.takeOnOff("free-page-reporting"));
    GuestDeviceProps.virtio(balloon, values);
    GuestDeviceProps.common(draft, balloon, values);
  }

  private static void rng(ParsedCommandLine draft, String driver, Values values) {
    boolean plain = GuestDeviceProps.base(driver).equals(driver);
    MutableElement rng =
        draft
            .devices()
            .add("rng")
            .with("model", plain ? "virtio" : GuestDeviceProps.virtioModel(driver));
    String bytes = values.take("max-bytes");
    String period = values.take("period");
    if (bytes != null) {
      rng.add("rate").with("bytes", bytes).with("period", period);
    }
    Values object = draft.backends().use("-object", values.take("rng"));
    MutableElement backend = rng.add("backend");
    String type = object == null ? "rng-builtin" : object.take("qom-type", "rng-builtin");
    switch (type) {
      case "rng-random" -> {
        String file = object == null ? null : object.take("filename");
        backend.with("model", "random").holding(file == null ? "/dev/urandom" : file);
      }
      case "rng-egd" -> {
        backend.with("model", "egd");
        CharacterSources.read(draft, backend, object == null ? null : object.take("chardev"));
      }
      default -> backend.with("model", "builtin");
    }
    GuestDeviceProps.virtio(rng, values);
    GuestDeviceProps.common(draft, rng, values);
  }

  private static void iommu(ParsedCommandLine draft, String driver, Values values) {
    boolean intel = driver.startsWith("intel");
    MutableElement iommu = draft.devices().add("iommu").with("model", intel ? "intel" : "virtio");
    MutableElement own = iommu.add("driver");
    if (intel) {
      own.with("intremap", values.takeOnOff("intremap"))
          .with("caching_mode", values.takeOnOff("caching-mode"))
          .with("eim", values.takeOnOff("eim"))
          .with("iotlb", values.takeOnOff("device-iotlb"))
          .with("aw_bits", values.take("aw-bits"));
    }
    iommu.dropIfEmpty(own);
    GuestDeviceProps.common(draft, iommu, values);
  }

  private static void panic(ParsedCommandLine draft, String driver, Values values) {
    boolean onPci = driver.endsWith("-pci");
    MutableElement panic = draft.devices().add("panic").with("model", onPci ? "pvpanic" : "isa");
    Long port = values.takeNumber("ioport");
    if (!onPci && port != null) {
      panic.add("address").with("type", "isa").with("iobase", "0x" + Long.toHexString(port));
    }
    GuestDeviceProps.common(draft, panic, values);
  }

  private static void crypto(ParsedCommandLine draft, String driver, Values values) {
    MutableElement crypto =
        draft.devices().add("crypto").with("model", "virtio").with("type", "qemu");
    MutableElement backend = crypto.add("backend").with("model", "builtin");
    Values object = draft.backends().use("-object", values.take("cryptodev"));
    if (object != null) {
      if (object.is("qom-type", "cryptodev-backend-builtin")) {
        object.take("qom-type");
      }
      backend.with("queues", object.take("queues"));
    }
    GuestDeviceProps.virtio(crypto, values);
    GuestDeviceProps.common(draft, crypto, values);
  }

  private static void coreInfo(ParsedCommandLine draft, String driver, Values values) {
    draft.feature("vmcoreinfo").with("state", "on");
    values.take("id");
  }

  private static void generation(ParsedCommandLine draft, String driver, Values values) {
    draft.domain().part("genid").holding(values.take("guid", ""));
    values.take("id");
  }
}
