package io.drover.definition.fromargv.machine;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.storage.BlockParser;
import java.util.Map;

/** Firmware, boot order, kernels, and the firmware's tables. */
public final class BootParser {
  private static final Map<Character, String> DEVICES =
      Map.of('a', "fd", 'b', "fd", 'c', "hd", 'd', "cdrom", 'n', "network");
  private static final String[] TABLES = {"bios", "system", "baseBoard", "chassis"};

  private BootParser() {}

  public static void boot(ParsedCommandLine draft, Values values) {
    MutableElement os = draft.domain().part("os");
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

  public static void rom(ParsedCommandLine draft, Values values) {
    draft.domain().part("os").part("loader").with("type", "rom").holding(values.take("file", ""));
  }

  public static void file(ParsedCommandLine draft, String element, Values values) {
    draft.domain().part("os").element(element, values.take("file"));
  }

  public static void commandLine(ParsedCommandLine draft, String text) {
    draft.domain().part("os").element("cmdline", text);
  }

  /** Firmware in flash memory. */
  static void flash(ParsedCommandLine draft, Values machine) {
    String code = machine.take("pflash0");
    String variables = machine.take("pflash1");
    if (code == null) {
      return;
    }
    MutableElement loader = draft.domain().part("os").part("loader");
    Values format = draft.backends().use("-blockdev", code);
    loader.with("type", "pflash");
    if (format != null) {
      loader.with("readonly", format.takeYesNo("read-only"));
      loader.holding(BlockParser.fileOf(draft, format));
    }
    if (variables == null) {
      loader.with("stateless", "yes");
      return;
    }
    MutableElement nvram = draft.domain().part("os").part("nvram");
    Values image = draft.backends().use("-blockdev", variables);
    if (image != null) {
      image.take("read-only");
      BlockParser.nvram(draft, nvram, image);
    }
  }

  public static void table(ParsedCommandLine draft, Values values) {
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

  public static void smbios(ParsedCommandLine draft, Values values) {
    Long type = values.takeNumber("type");
    draft.domain().part("os").part("smbios").with("mode", "sysinfo");
    MutableElement info = draft.domain().part("sysinfo").with("type", "smbios");
    if (type == null || (type > 3 && type != 11)) {
      return;
    }
    if (type == 11) {
      MutableElement strings = info.part("oemStrings");
      values.takeAll("value").forEach(text -> strings.add("entry").holding(text));
      return;
    }
    MutableElement table = info.part(TABLES[type.intValue()]);
    values.takeLeft().forEach((name, text) -> table.add("entry").with("name", name).holding(text));
  }

  public static void blob(ParsedCommandLine draft, Values values) {
    MutableElement entry =
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
