package io.drover.driver.nativeform.machine;

import io.drover.driver.nativeform.draft.Markup;
import io.drover.driver.nativeform.draft.NativeDraft;
import io.drover.driver.nativeform.line.Values;
import io.drover.driver.nativeform.storage.BlockReading;
import java.util.Map;

/** Firmware, boot order, kernels, and the firmware's tables. */
public final class BootReading {
  private static final Map<Character, String> DEVICES =
      Map.of('a', "fd", 'b', "fd", 'c', "hd", 'd', "cdrom", 'n', "network");
  private static final String[] TABLES = {"bios", "system", "baseBoard", "chassis"};

  private BootReading() {}

  public static void boot(NativeDraft draft, Values values) {
    Markup os = draft.domain().part("os");
    String order = values.take("order");
    if (order != null) {
      for (char letter : order.toCharArray()) {
        String device = DEVICES.get(letter);
        if (device == null) {
          values.keep("order", order);
        } else {
          os.add("boot").with("dev", device);
        }
      }
    }
    String menu = values.take("menu");
    if (menu != null) {
      String splash = values.take("splash-time");
      os.part("bootmenu").with("enable", menu.equals("on") ? "yes" : "no").with("timeout", splash);
    }
    String reboot = values.take("reboot-timeout");
    if (reboot != null) {
      os.part("bios").with("rebootTimeout", reboot);
    }
    values.take("strict");
  }

  public static void rom(NativeDraft draft, Values values) {
    draft.domain().part("os").part("loader").with("type", "rom").holding(values.take("file", ""));
  }

  public static void file(NativeDraft draft, String element, Values values) {
    draft.domain().part("os").element(element, values.take("file"));
  }

  public static void commandLine(NativeDraft draft, String text) {
    draft.domain().part("os").element("cmdline", text);
  }

  /** Firmware in flash memory. */
  static void flash(NativeDraft draft, Values machine) {
    String code = machine.take("pflash0");
    String variables = machine.take("pflash1");
    if (code == null) {
      return;
    }
    Markup loader = draft.domain().part("os").part("loader");
    Values format = draft.backends().use("-blockdev", code);
    loader.with("type", "pflash");
    if (format != null) {
      loader.with("readonly", format.takeYesNo("read-only"));
      loader.holding(BlockReading.fileOf(draft, format));
    }
    if (variables == null) {
      loader.with("stateless", "yes");
      return;
    }
    Markup nvram = draft.domain().part("os").part("nvram");
    Values image = draft.backends().use("-blockdev", variables);
    if (image != null) {
      image.take("read-only");
      BlockReading.nvram(draft, nvram, image);
    }
  }

  public static void table(NativeDraft draft, Values values) {
    if (values.is("sig", "SLIC")) {
      values.take("sig");
      draft
          .domain()
          .part("os")
          .part("acpi")
          .add("table")
          .with("type", "slic")
          .holding(values.take("file", ""));
    }
  }

  public static void smbios(NativeDraft draft, Values values) {
    Long type = values.takeNumber("type");
    draft.domain().part("os").part("smbios").with("mode", "sysinfo");
    Markup info = draft.domain().part("sysinfo").with("type", "smbios");
    if (type == null || (type > 3 && type != 11)) {
      return;
    }
    if (type == 11) {
      Markup strings = info.part("oemStrings");
      values.takeAll("value").forEach(text -> strings.add("entry").holding(text));
      return;
    }
    Markup table = info.part(TABLES[type.intValue()]);
    values.takeLeft().forEach((name, text) -> table.add("entry").with("name", name).holding(text));
  }

  public static void blob(NativeDraft draft, Values values) {
    Markup entry =
        draft
            .domain()
            .add("sysinfo")
            .with("type", "fwcfg")
            .add("entry")
            .with("name", values.take("name", ""));
    String text = values.take("string");
    if (text != null) {
      entry.holding(text);
    } else {
      entry.with("file", values.take("file"));
    }
  }
}
