package io.drover.driver.nativeform.device;

import io.drover.driver.nativeform.character.CharacterSources;
import io.drover.driver.nativeform.draft.DeviceReader;
import io.drover.driver.nativeform.draft.Fronts;
import io.drover.driver.nativeform.draft.Markup;
import io.drover.driver.nativeform.draft.NativeDraft;
import io.drover.driver.nativeform.line.Values;
import java.util.HashMap;
import java.util.Map;

/** Input devices, watchdogs, the balloon, sources of randomness, IOMMUs, panic devices. */
public final class SmallReading {
  public static final Map<String, DeviceReader> READERS = new HashMap<>();
  private static final Map<String, String> USB_INPUTS =
      Map.of("usb-mouse", "mouse", "usb-tablet", "tablet", "usb-kbd", "keyboard");

  static {
    USB_INPUTS.keySet().forEach(driver -> READERS.put(driver, SmallReading::usbInput));
    for (String kind : new String[] {"mouse", "tablet", "keyboard"}) {
      READERS.put("virtio-" + kind + "-pci", SmallReading::virtioInput);
    }
    READERS.put("virtio-input-host-pci", SmallReading::virtioInput);
    for (String model : new String[] {"i6300esb", "ib700", "diag288"}) {
      READERS.put(model, SmallReading::watchdog);
    }
    READERS.put("virtio-balloon-pci", SmallReading::balloon);
    READERS.put("virtio-rng-pci", SmallReading::rng);
    READERS.put("intel-iommu", SmallReading::iommu);
    READERS.put("virtio-iommu", SmallReading::iommu);
    READERS.put("virtio-iommu-pci", SmallReading::iommu);
    READERS.put("pvpanic", SmallReading::panic);
    READERS.put("pvpanic-pci", SmallReading::panic);
    READERS.put("virtio-crypto-pci", SmallReading::crypto);
    READERS.put("vmcoreinfo", SmallReading::coreInfo);
    READERS.put("vmgenid", SmallReading::generation);
  }

  private SmallReading() {}

  private static void usbInput(NativeDraft draft, String driver, Values values) {
    Markup input =
        draft.devices().add("input").with("type", USB_INPUTS.get(driver)).with("bus", "usb");
    Fronts.common(draft, input, values);
  }

  private static void virtioInput(NativeDraft draft, String driver, Values values) {
    String kind = Fronts.base(driver).replaceAll("^virtio-|-pci$", "");
    boolean passed = kind.equals("input-host");
    Markup input =
        draft
            .devices()
            .add("input")
            .with("type", passed ? "passthrough" : kind)
            .with("bus", "virtio");
    model(input, driver);
    if (passed) {
      input.add("source").with("evdev", values.take("evdev"));
    }
    Fronts.virtio(input, values);
    Fronts.common(draft, input, values);
  }

  private static void model(Markup device, String driver) {
    if (!Fronts.base(driver).equals(driver)) {
      device.with("model", Fronts.virtioModel(driver));
    }
  }

  /** Input devices of the host that are objects. */
  public static void evdev(NativeDraft draft) {
    for (String id : draft.backends().all("-object").keySet()) {
      Values object = draft.backends().look("-object", id);
      if (object == null || !object.is("qom-type", "input-linux")) {
        continue;
      }
      draft.backends().use("-object", id);
      object.take("qom-type");
      Markup input = draft.devices().add("input").with("type", "evdev");
      boolean all = object.takeOn("grab_all");
      input
          .add("source")
          .with("dev", object.take("evdev"))
          .with("grab", all ? "all" : null)
          .with("grabToggle", object.take("grab-toggle"))
          .with("repeat", object.takeOnOff("repeat"));
      Fronts.alias(input, id);
    }
  }

  private static void watchdog(NativeDraft draft, String driver, Values values) {
    Markup watchdog = draft.devices().add("watchdog").with("model", driver);
    Fronts.common(draft, watchdog, values);
  }

  /** The action is one for all watchdogs; it comes after them. */
  public static void watchdogAction(NativeDraft draft, Values values) {
    draft.watchdogAction(values.take("action", "reset"));
  }

  private static void balloon(NativeDraft draft, String driver, Values values) {
    boolean plain = Fronts.base(driver).equals(driver);
    Markup balloon =
        draft
            .devices()
            .add("memballoon")
            .with("model", plain ? "virtio" : Fronts.virtioModel(driver))
            .with("autodeflate", values.takeOnOff("deflate-on-oom"))
            .with("freePageReporting", values.takeOnOff("free-page-reporting"));
    Fronts.virtio(balloon, values);
    Fronts.common(draft, balloon, values);
  }

  private static void rng(NativeDraft draft, String driver, Values values) {
    boolean plain = Fronts.base(driver).equals(driver);
    Markup rng =
        draft.devices().add("rng").with("model", plain ? "virtio" : Fronts.virtioModel(driver));
    String bytes = values.take("max-bytes");
    String period = values.take("period");
    if (bytes != null) {
      rng.add("rate").with("bytes", bytes).with("period", period);
    }
    Values object = draft.backends().use("-object", values.take("rng"));
    Markup backend = rng.add("backend");
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
    Fronts.virtio(rng, values);
    Fronts.common(draft, rng, values);
  }

  private static void iommu(NativeDraft draft, String driver, Values values) {
    boolean intel = driver.startsWith("intel");
    Markup iommu = draft.devices().add("iommu").with("model", intel ? "intel" : "virtio");
    Markup own = iommu.add("driver");
    if (intel) {
      own.with("intremap", values.takeOnOff("intremap"))
          .with("caching_mode", values.takeOnOff("caching-mode"))
          .with("eim", values.takeOnOff("eim"))
          .with("iotlb", values.takeOnOff("device-iotlb"))
          .with("aw_bits", values.take("aw-bits"));
    }
    iommu.dropIfEmpty(own);
    Fronts.common(draft, iommu, values);
  }

  private static void panic(NativeDraft draft, String driver, Values values) {
    boolean onPci = driver.endsWith("-pci");
    Markup panic = draft.devices().add("panic").with("model", onPci ? "pvpanic" : "isa");
    Long port = values.takeNumber("ioport");
    if (!onPci && port != null) {
      panic.add("address").with("type", "isa").with("iobase", "0x" + Long.toHexString(port));
    }
    Fronts.common(draft, panic, values);
  }

  private static void crypto(NativeDraft draft, String driver, Values values) {
    Markup crypto = draft.devices().add("crypto").with("model", "virtio").with("type", "qemu");
    Markup backend = crypto.add("backend").with("model", "builtin");
    Values object = draft.backends().use("-object", values.take("cryptodev"));
    if (object != null) {
      if (object.is("qom-type", "cryptodev-backend-builtin")) {
        object.take("qom-type");
      }
      backend.with("queues", object.take("queues"));
    }
    Fronts.virtio(crypto, values);
    Fronts.common(draft, crypto, values);
  }

  private static void coreInfo(NativeDraft draft, String driver, Values values) {
    draft.feature("vmcoreinfo").with("state", "on");
    values.take("id");
  }

  private static void generation(NativeDraft draft, String driver, Values values) {
    draft.domain().part("genid").holding(values.take("guid", ""));
    values.take("id");
  }
}
