package io.drover.definition.fromargv.draft;

import io.drover.contracts.error.ProblemException;
import io.drover.definition.fromargv.line.ArgvRefusal;
import io.drover.definition.fromargv.line.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which controller has which bus. */
public final class Buses {
  /** What QEMU calls the buses of controllers that have no id, counted from 0. */
  private static final Map<String, String> UNNAMED =
      Map.of(
          "usb", "usb-bus",
          "scsi", "scsi",
          "virtio-serial", "virtio-serial-bus",
          "ccid", "ccid-bus");

  private static final Pattern IDE = Pattern.compile("ide\\.(\\d{1,4})");

  /** The ports of an AHCI controller, each a bus. */
  private static final int AHCI_PORTS = 6;

  private static final int IDE_CHANNELS = 2;

  private static final Pattern NUMBERED = Pattern.compile("[a-z-]+?\\.?(\\d+)");

  private final boolean q35;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Set<Integer>> taken = new HashMap<>();
  private final Map<String, List<Integer>> unnamed = new HashMap<>();

  Buses(boolean q35) {
    this.q35 = q35;
  }

  /** Makes a controller known by its id, and answers its index among those of its type. */
  public int add(String type, @Nullable String id) {
    boolean onBoard = type.equals("pci") || type.equals("sata") && q35;
    int next = counts.getOrDefault(type, onBoard ? 1 : 0);
    Set<Integer> used = taken.computeIfAbsent(type, key -> new HashSet<>());
    Integer own = id == null ? null : generated(type, id);
    // The machine's own controller is the first: an id that looks like it is not it.
    boolean free = own != null && !used.contains(own) && !(onBoard && own == 0);
    int index = free && own != null ? own : next;
    counts.put(type, Math.max(next, index + 1));
    used.add(index);
    if (id == null) {
      unnamed.computeIfAbsent(type, key -> new ArrayList<>()).add(index);
    } else {
      indexes.put(type + "/" + id, index);
    }
    return index;
  }

  /** Makes a controller known that the machine brings along, to which libvirt gives the id. */
  public int addOfMachine(String type) {
    int index = add(type, type);
    unnamed.computeIfAbsent(type, key -> new ArrayList<>()).add(index);
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

  /** The index of the controller that has this bus. */
  public int controller(String type, String bus) {
    String id = trunk(bus);
    Integer known = indexes.get(type + "/" + id);
    if (known != null) {
      return known;
    }
    List<Integer> others = unnamed.getOrDefault(type, List.of());
    if (id.equals(UNNAMED.get(type)) && branch(bus) < others.size()) {
      return others.get(branch(bus));
    }
    Integer own = generated(type, id);
    if (own == null) {
      throw missing(bus);
    }
    return own;
  }

  /**
   * A port of a SATA controller.
   *
   * @param controller its index
   */
  public record Port(int controller, int number) {}

  /** Whether the bus of an IDE drive is one of a SATA controller's; null for the first there is. */
  public boolean sata(@Nullable String bus) {
    Matcher ide = IDE.matcher(bus == null ? "" : bus);
    return q35 || bus != null && !(ide.matches() && Integer.parseInt(ide.group(1)) < IDE_CHANNELS);
  }

  /**
   * The port that is this bus: the buses without an id are counted through, the machine's first.
   */
  public Port sataPort(String bus) {
    Matcher ide = IDE.matcher(bus);
    if (!ide.matches() || indexes.containsKey("sata/" + trunk(bus))) {
      return new Port(controller("sata", bus), branch(bus));
    }
    int first = q35 ? AHCI_PORTS : IDE_CHANNELS;
    int number = Integer.parseInt(ide.group(1));
    if (number < first) {
      return new Port(0, number);
    }
    List<Integer> others = unnamed.getOrDefault("sata", List.of());
    int at = (number - first) / AHCI_PORTS;
    if (at >= others.size()) {
      throw missing(bus);
    }
    return new Port(others.get(at), (number - first) % AHCI_PORTS);
  }

  private static ProblemException missing(String bus) {
    return ArgvRefusal.of("There is no bus '" + ArgvRefusal.shortened(bus) + "'.");
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
        .with("bus", bus == null ? 0 : controller("usb", bus))
        .with("port", port);
  }

  private int pci(String bus) {
    if (bus.equals("pcie.0") || (bus.equals("pci.0") && !q35)) {
      return 0;
    }
    Integer known = indexes.get("pci/" + bus);
    if (known == null) {
      throw missing(bus);
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
