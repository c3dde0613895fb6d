package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the machine says of itself: SMBIOS tables and the blobs of fw_cfg.
 *
 * @param tables of SMBIOS, in the order of the definition
 * @param oemStrings of SMBIOS's type 11
 * @param blobs of fw_cfg
 */
public record SystemInfo(List<SmbiosTable> tables, List<String> oemStrings, List<Blob> blobs) {
  public static final SystemInfo NONE = new SystemInfo(List.of(), List.of(), List.of());

  private static final Map<String, List<String>> ENTRIES = entries();
  private static final Pattern DATE =
      Pattern.compile("(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/(\\d{2}|(19|2\\d)\\d{2})");

  public SystemInfo {
    tables = Defaults.list(tables);
    oemStrings = Defaults.list(oemStrings);
    blobs = Defaults.list(blobs);
  }

  /** A table: bios, system, baseBoard or chassis, and its entries by name. */
  public record SmbiosTable(String kind, Map<String, String> entries) {
    public SmbiosTable {
      entries = Defaults.map(entries);
    }
  }

  /** A blob that the guest reads by its name; it has a text, or a file of the host. */
  public record Blob(String name, @Nullable String file, @Nullable String text) {}

  private static Map<String, List<String>> entries() {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    entries.put("bios", List.of("vendor", "version", "date", "release"));
    entries.put(
        "system", List.of("manufacturer", "product", "version", "serial", "uuid", "sku", "family"));
    entries.put(
        "baseBoard", List.of("manufacturer", "product", "version", "serial", "asset", "location"));
    entries.put("chassis", List.of("manufacturer", "version", "serial", "asset", "sku"));
    return entries;
  }

  /** The UUID that the system table says, or null. */
  public @Nullable UUID systemUuid() {
    return tables.stream()
        .filter(table -> table.kind.equals("system"))
        .map(table -> table.entries.get("uuid"))
        .filter(text -> text != null)
        .map(text -> Numbers.uuid(text))
        .findFirst()
        .orElse(null);
  }

  static SystemInfo read(XmlElement domain) {
    List<SmbiosTable> tables = new ArrayList<>();
    List<String> strings = new ArrayList<>();
    List<Blob> blobs = new ArrayList<>();
    for (XmlElement info : domain.children("sysinfo")) {
      String type = info.values().word("type", "smbios", "fwcfg");
      if ("fwcfg".equals(type)) {
        info.children("entry").forEach(entry -> blobs.add(blob(entry)));
      } else if ("smbios".equals(type)) {
        ENTRIES.forEach(
            (kind, names) -> {
              List<XmlElement> found = info.children(kind);
              if (found.size() > 1 && !kind.equals("baseBoard")) {
                info.invalid("<" + kind + "> may stand here only once.");
              }
              found.forEach(element -> tables.add(table(element, names)));
            });
        XmlElement oem = info.gathered("oemStrings");
        if (oem != null) {
          oem.children("entry").forEach(entry -> strings.add(entry.exactText()));
        }
      } else {
        info.readWhole();
        info.invalid("type", "<sysinfo> is of type 'smbios' or 'fwcfg'.");
      }
    }
    return new SystemInfo(tables, strings, blobs);
  }

  private static SmbiosTable table(XmlElement element, List<String> names) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (XmlElement entry : element.children("entry")) {
      String name = entry.values().word("name", names.toArray(String[]::new));
      String text = entry.exactText();
      if (name == null || text.isEmpty()) {
        continue; // an entry without text says nothing
      }
      if (name.equals("uuid")) {
        UUID uuid = Numbers.uuid(text);
        if (uuid == null) {
          entry.invalid("'" + text + "' is not a UUID.");
        }
        text = uuid == null ? text : uuid.toString();
      }
      if (name.equals("date") && !DATE.matcher(text).matches()) {
        entry.invalid("'" + text + "' is not a date as mm/dd/yyyy.");
      }
      if (entries.putIfAbsent(name, text) != null) {
        entry.invalid("name", "The entry '" + name + "' stands here twice.");
      }
    }
    Map<String, String> ordered = new LinkedHashMap<>();
    names.forEach(name -> entries.computeIfPresent(name, (n, text) -> put(ordered, n, text)));
    return new SmbiosTable(element.name(), ordered);
  }

  private static String put(Map<String, String> into, String name, String text) {
    into.put(name, text);
    return text;
  }

  private static Blob blob(XmlElement entry) {
    String name = entry.values().required("name");
    String file = entry.values().text("file");
    String text = entry.exactText();
    text = file != null && text.isBlank() ? "" : text;
    if (!name.isEmpty() && !name.startsWith("opt/")) {
      entry.invalid("name", "The name of a blob begins with 'opt/'.");
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("opt/ovmf/")
        || name.toLowerCase(Locale.ROOT).startsWith("opt/org.qemu/")) {
      entry.invalid("name", "'" + name + "' belongs to the firmware or to QEMU; use another name.");
    }
    if (text.isEmpty() == (file == null || file.isEmpty())) {
      entry.invalid("<entry> has either a text or 'file'.");
    }
    return new Blob(name, file, text.isEmpty() ? null : text);
  }

  void write(XmlWriter out) {
    if (!tables.isEmpty() || !oemStrings.isEmpty()) {
      out.open("sysinfo").attribute("type", "smbios");
      for (SmbiosTable table : tables) {
        out.open(table.kind);
        table.entries.forEach(
            (name, text) -> out.open("entry").attribute("name", name).closeWith(text));
        out.close();
      }
      if (!oemStrings.isEmpty()) {
        out.open("oemStrings");
        oemStrings.forEach(text -> out.element("entry", text));
        out.close();
      }
      out.close();
    }
    if (!blobs.isEmpty()) {
      out.open("sysinfo").attribute("type", "fwcfg");
      for (Blob blob : blobs) {
        out.open("entry").attribute("name", blob.name).attribute("file", blob.file);
        if (blob.text == null) {
          out.close();
        } else {
          out.closeWith(blob.text);
        }
      }
      out.close();
    }
  }
}
