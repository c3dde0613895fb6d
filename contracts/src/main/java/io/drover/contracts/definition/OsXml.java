package io.drover.contracts.definition;

import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.DiskSourceXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <os>}. */
final class OsXml {
  private static final Os NONE =
      new Os(
          null, null, null, Map.of(), null, null, List.of(), null, null, null, null, null, null,
          null, null);

  private OsXml() {}

  static Os read(XmlElement domain) {
    XmlElement os = domain.gathered("os");
    if (os == null) {
      domain.invalid("A domain needs <os><type machine='q35'>hvm</type></os>.");
      return NONE;
    }
    XmlElement type = os.child("type");
    if (type == null || !type.text().equals("hvm")) {
      os.invalid("<type> must be hvm: full virtualisation is the only kind there is here.");
    }
    XmlValues machine = type == null ? null : type.values();
    XmlElement smbios = os.child("smbios");
    XmlElement bios = os.child("bios");
    Os.Loader loader = loader(os.child("loader"));
    // An export of libvirt's names both how an image was chosen and the image: this is the
    // firmware.
    boolean named = loader != null && loader.path() != null && loader.type() != null;
    String firmware = os.values().word("firmware", "bios", "efi");
    Map<String, Boolean> features = features(os.gathered("firmware"));
    return new Os(
        machine == null ? null : machine.word("arch", "x86_64", "i686"),
        machine == null ? null : machine(type, machine.text("machine")),
        named ? null : firmware,
        named && firmware != null ? Map.of() : features,
        loader,
        nvram(os.child("nvram")),
        boot(os),
        bootMenu(os.child("bootmenu")),
        os.childText("kernel"),
        os.childText("initrd"),
        os.childText("cmdline"),
        os.childText("dtb"),
        acpiTable(os.child("acpi")),
        smbios == null ? null : smbios.values().word("mode", "emulate", "host", "sysinfo"),
        bios == null
            ? null
            : new Os.Bios(
                bios.values().yesNo("useserial"),
                bios.values().integer("rebootTimeout", -1, 65_535)));
  }

  private static @Nullable String acpiTable(@Nullable XmlElement acpi) {
    XmlElement table = acpi == null ? null : acpi.child("table");
    if (table == null) {
      return null;
    }
    if (table.values().word("type", "slic") == null && table.values().text("type") == null) {
      table.invalid("<table> needs type='slic'.");
    }
    return emptyAsNull(table.text());
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String machine(@Nullable XmlElement type, @Nullable String machine) {
    if (machine == null || type == null) {
      return null;
    }
    if (!machine.matches("(pc|q35|pc-(i440fx|q35)-[0-9]{1,2}(\\.[0-9]{1,2}){1,2})")) {
      type.invalid(
          "machine",
          "'" + machine + "' is not a machine type here; use pc, q35 or a version of them.");
      return null;
    }
    return machine;
  }

  private static Map<String, Boolean> features(@Nullable XmlElement firmware) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    if (firmware != null) {
      for (XmlElement feature : firmware.children("feature")) {
        String name = feature.values().word("name", "enrolled-keys", "secure-boot");
        Boolean enabled = feature.values().yesNo("enabled");
        if (name == null || enabled == null) {
          feature.invalid("<feature> needs 'name' and 'enabled'.");
        } else {
          found.put(name, enabled);
        }
      }
    }
    return found;
  }

  private static Os.@Nullable Loader loader(@Nullable XmlElement loader) {
    if (loader == null) {
      return null;
    }
    XmlValues values = loader.values();
    values.neutral("format", "raw");
    return new Os.Loader(
        emptyAsNull(loader.text()),
        values.word("type", "rom", "pflash"),
        values.yesNo("readonly"),
        values.yesNo("secure"),
        values.yesNo("stateless"));
  }

  private static Os.@Nullable Nvram nvram(@Nullable XmlElement nvram) {
    if (nvram == null) {
      return null;
    }
    String type = nvram.values().word("type", "file", "block", "network");
    nvram.values().neutral("format", "raw");
    nvram.values().neutral("templateFormat", "raw");
    XmlElement source = nvram.child("source");
    String path = emptyAsNull(nvram.text());
    DiskSource where = path == null ? null : new DiskSource.File(path, null);
    if (source != null && type == null) {
      nvram.invalid("type", "<nvram> with a <source> needs 'type'.");
    }
    if (type != null) {
      where = source == null ? null : DiskSourceXml.read(type, source, null);
      if (where == null) {
        nvram.invalid("<nvram type='" + type + "'> needs a <source> that says where it is.");
      }
    }
    return new Os.Nvram(nvram.values().nonEmpty("template"), where);
  }

  private static List<String> boot(XmlElement os) {
    List<String> found = new ArrayList<>();
    for (XmlElement boot : os.children("boot")) {
      if (boot.attribute("dev") == null) {
        boot.values().required("dev");
      }
      String dev = boot.values().word("dev", "hd", "cdrom", "network", "fd");
      if (dev != null) {
        found.add(dev);
      }
    }
    return found;
  }

  private static Os.@Nullable BootMenu bootMenu(@Nullable XmlElement menu) {
    if (menu == null) {
      return null;
    }
    Boolean enabled = menu.values().yesNo("enable");
    Integer timeout = menu.values().integer("timeout", 0, 65_535);
    return enabled == null ? null : new Os.BootMenu(enabled, timeout);
  }

  static void write(Os os, XmlWriter out) {
    out.open("os").attribute("firmware", os.firmware());
    out.open("type")
        .attribute("arch", os.arch())
        .attribute("machine", os.machine())
        .closeWith("hvm");
    if (!os.firmwareFeatures().isEmpty()) {
      out.open("firmware");
      os.firmwareFeatures()
          .forEach(
              (name, enabled) ->
                  out.open("feature").yesNo("enabled", enabled).attribute("name", name).close());
      out.close();
    }
    out.part(os.loader(), loader -> write(loader, out));
    out.part(os.nvram(), nvram -> write(nvram, out));
    out.element("kernel", os.kernel())
        .element("initrd", os.initrd())
        .element("cmdline", os.commandLine())
        .element("dtb", os.deviceTree());
    if (os.acpiTable() != null) {
      out.open("acpi").open("table").attribute("type", "slic").closeWith(os.acpiTable());
      out.close();
    }
    os.boot().forEach(dev -> out.open("boot").attribute("dev", dev).close());
    out.part(
        os.bootMenu(),
        menu ->
            out.open("bootmenu")
                .yesNo("enable", menu.enabled())
                .attribute("timeout", menu.timeoutMillis())
                .close());
    if (os.smbios() != null) {
      out.open("smbios").attribute("mode", os.smbios()).close();
    }
    out.part(
        os.bios(),
        bios ->
            out.open("bios")
                .yesNo("useserial", bios.useSerial())
                .attribute("rebootTimeout", bios.rebootTimeout())
                .close());
    out.close();
  }

  private static void write(Os.Loader loader, XmlWriter out) {
    out.open("loader")
        .yesNo("readonly", loader.readonly())
        .yesNo("secure", loader.secure())
        .attribute("type", loader.type())
        .yesNo("stateless", loader.stateless());
    if (loader.path() == null) {
      out.close();
    } else {
      out.closeWith(loader.path());
    }
  }

  private static void write(Os.Nvram nvram, XmlWriter out) {
    out.open("nvram").attribute("template", nvram.template());
    DiskSource source = nvram.source();
    if (source == null) {
      out.close();
    } else if (source instanceof DiskSource.File file && file.fdGroup() == null) {
      out.closeWith(file.path());
    } else {
      out.attribute("type", DiskSourceXml.type(source)).open("source");
      DiskSourceXml.writeAttributes(source, out);
      DiskSourceXml.writeChildren(source, out);
      out.close().close();
    }
  }
}
