package io.drover.definition.fromargv.machine;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.Locale;

/** Properties of devices that have no option of their own. */
public final class GlobalParser {
  private GlobalParser() {}

  public static void read(ParsedCommandLine draft, Values values) {
    String driver = values.take("driver");
    String property = values.take("property");
    String value = values.take("value");
    if (driver == null && property == null) {
      String key = values.left().isEmpty() ? "" : values.left().get(0);
      int dot = key.lastIndexOf('.');
      driver = dot < 0 ? "" : key.substring(0, dot);
      property = key.substring(dot + 1);
      value = values.take(key);
    }
    if (!known(draft, driver + "." + property, value == null ? "" : value)) {
      draft.unknown(new NativeOption("-global", driver + "." + property + "=" + value));
    }
  }

  private static boolean known(ParsedCommandLine draft, String name, String value) {
    switch (name) {
      case "kvm-pit.lost_tick_policy" -> draft.timer("pit").with("tickpolicy", value);
      case "PIIX4_PM.disable_s3", "ICH9-LPC.disable_s3" ->
          draft.domain().part("pm").part("suspend-to-mem").with("enabled", yes(value));
      case "PIIX4_PM.disable_s4", "ICH9-LPC.disable_s4" ->
          draft.domain().part("pm").part("suspend-to-disk").with("enabled", yes(value));
      case "mch.extended-tseg-mbytes" ->
          draft.feature("smm").part("tseg").with("unit", "MiB").holding(value);
      case "PIIX4_PM.acpi-root-pci-hotplug" ->
          root(draft, "pci-root").part("target").with("hotplug", value);
      case "i440FX-pcihost.pci-hole64-size" -> hole(draft, "pci-root", value);
      case "q35-pcihost.pci-hole64-size" -> hole(draft, "pcie-root", value);
      case "cfi.pflash01.secure" ->
          draft
              .domain()
              .part("os")
              .part("loader")
              .with("secure", value.equals("on") ? "yes" : "no");
      case "ICH9-LPC.noreboot" -> {
        if (value.matches("off|no|false|0")) { // without it the chipset's watchdog never fires
          draft.devices().add("watchdog").with("model", "itco");
        }
        return value.matches("off|no|false|0");
      }
      case "isa-fdc.bootindexA" -> draft.floppyBoot(0, value);
      case "isa-fdc.bootindexB" -> draft.floppyBoot(1, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The controller of the first bus, which is one for all that is said of it. */
  private static MutableElement root(ParsedCommandLine draft, String model) {
    MutableElement[] found = new MutableElement[1];
    draft
        .devices()
        .each("controller", each -> found[0] = model.equals(each.get("model")) ? each : found[0]);
    return found[0] != null
        ? found[0]
        : draft
            .devices()
            .add("controller")
            .with("type", "pci")
            .with("index", 0)
            .with("model", model);
  }

  private static void hole(ParsedCommandLine draft, String model, String size) {
    int digits = size.length() - (size.matches("\\d+[KMGTkmgt]") ? 1 : 0);
    String unit = size.substring(digits).toUpperCase(Locale.ROOT);
    root(draft, model)
        .part("pcihole64")
        .with("unit", unit.isEmpty() ? "bytes" : unit + "iB")
        .holding(size.substring(0, digits));
  }

  /** The properties say what is off. */
  private static String yes(String disabled) {
    return disabled.equals("0") || disabled.equals("off") ? "yes" : "no";
  }
}
