package io.drover.definition.fromargv.target;

import io.drover.definition.fromargv.line.ArgvRefusal;
import io.drover.definition.fromargv.line.Values;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which controller has which bus. */
public final class Buses {
  private static final Pattern NUMBERED = Pattern.compile("[a-z-]+?\\.?(\\d+)");

  private final boolean q35;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Buses(boolean q35) {
    this.q35 = q35;
  }

  /** Makes a controller known by its id, and answers its index among those of its type. */
  public int add(String type, @Nullable String id) {
    boolean onBoard = type.equals("pci") || type.equals("sata") && q35;
    int next = counts.getOrDefault(type, onBoard ? 1 : 0);
    Integer own = id == null ? null : generated(type, id);
    int index = own == null ? next : own;
    counts.put(type, Math.max(next, index + 1));
    if (id != null) {
      indexes.put(type + "/" + id, index);
    }
    return index;
  }

  /** The index that a generated alias says, or null. */
  private static @Nullable Integer generated(String type, String id) {
    if (id.equals(type)) {
      return 0;
    }
    Matcher number = NUMBERED.matcher(id);
    return id.startsWith(type) && number.matches() ? Integer.valueOf(number.group(1)) : null;
  }

  /** The index of the controller that has this id. */
  public int index(String type, String id) {
    Integer known = indexes.get(type + "/" + id);
    if (known != null) {
      return known;
    }
    Integer own = generated(type, id);
    return own == null ? 0 : own;
  }

  /** Adds where a device sits on PCI or USB, as far as the command line says. */
  void place(MutableElement device, Values values) {
    String bus = values.take("bus");
    String port = values.take("port");
    String at = values.take("addr");
    String several = values.take("multifunction");
    if (port != null || (bus != null && bus.startsWith("usb"))) {
      usb(device, bus, port);
    } else if (at != null) {
      String[] parts = at.split("\\.", 2);
      device
          .add("address")
          .with("type", "pci")
          .with("domain", "0x0000")
          .with("bus", hex(bus == null ? 0 : pci(bus), 2))
          .with("slot", hex(slot(parts[0]), 2))
          .with("function", hex(parts.length == 1 ? 0 : slot(parts[1]), 1))
          .with("multifunction", several);
    }
    String index = values.take("acpi-index");
    if (index != null) {
      device.add("acpi").with("index", index);
    }
  }

  private void usb(MutableElement device, @Nullable String bus, @Nullable String port) {
    device
        .add("address")
        .with("type", "usb")
        .with("bus", bus == null ? 0 : index("usb", trunk(bus)))
        .with("port", port);
  }

  private int pci(String bus) {
    if (bus.equals("pcie.0") || (bus.equals("pci.0") && !q35)) {
      return 0;
    }
    Integer known = indexes.get("pci/" + bus);
    if (known == null) {
      throw ArgvRefusal.of("There is no bus '" + ArgvRefusal.shortened(bus) + "'.");
    }
    return known;
  }

  /** A controller's id, without the number of its bus. */
  public static String trunk(String bus) {
    int dot = bus.lastIndexOf('.');
    return dot < 0 ? bus : bus.substring(0, dot);
  }

  /** The number of the bus on its controller. */
  public static int branch(String bus) {
    int dot = bus.lastIndexOf('.');
    return dot < 0 ? 0 : Integer.parseInt(bus.substring(dot + 1));
  }

  private static int slot(String text) {
    String digits = text.toLowerCase(Locale.ROOT).startsWith("0x") ? text.substring(2) : text;
    return Integer.parseInt(digits, 16);
  }

  public static String hex(int value, int digits) {
    return "0x" + String.format("%0" + digits + "x", value);
  }
}
