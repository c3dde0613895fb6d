package io.drover.definition.fromargv.character;

import io.drover.definition.fromargv.draft.Buses;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serial and parallel ports, channels, consoles. */
public final class CharacterParser {
  public static final List<String> DRIVERS =
      List.of(
          "isa-serial",
          "pci-serial",
          "usb-serial",
          "isa-debugcon",
          "isa-parallel",
          "virtserialport",
          "virtconsole");
  private static final Map<String, String> SERIAL_TARGETS =
      Map.of(
          "isa-serial", "isa-serial",
          "pci-serial", "pci-serial",
          "usb-serial", "usb-serial",
          "isa-debugcon", "isa-debug");
  private static final Pattern FORWARD = Pattern.compile("tcp:([^:]+):(\\d+)-chardev:(.+)");

  private CharacterParser() {}

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    switch (driver) {
      case "virtserialport" -> channel(draft, values);
      case "virtconsole" -> console(draft, values);
      case "isa-parallel" -> {
        MutableElement port = draft.devices().add("parallel");
        CharacterSources.read(draft, port, values.take("chardev"));
        port.add("target").with("port", values.take("index"));
        board(draft, port, values);
      }
      default -> serial(draft, driver, values);
    }
  }

  private static void serial(ParsedCommandLine draft, String driver, Values values) {
    MutableElement serial = draft.devices().add("serial");
    CharacterSources.read(draft, serial, values.take("chardev"));
    MutableElement target = serial.add("target").with("type", SERIAL_TARGETS.get(driver));
    target.with("port", values.take("index")).add("model").with("name", driver);
    if (driver.startsWith("isa-")) {
      board(draft, serial, values);
    } else {
      GuestDeviceProps.common(draft, serial, values);
    }
  }

  /** A device at ports of the board. */
  private static void board(ParsedCommandLine draft, MutableElement device, Values values) {
    Long base = values.takeNumber("iobase");
    Long interrupt = values.takeNumber("irq");
    if (base != null || interrupt != null) {
      device
          .add("address")
          .with("type", "isa")
          .with("iobase", base == null ? null : "0x" + Long.toHexString(base))
          .with("irq", interrupt == null ? null : "0x" + Long.toHexString(interrupt));
    }
    GuestDeviceProps.common(draft, device, values);
  }

  private static void channel(ParsedCommandLine draft, Values values) {
    MutableElement channel = draft.devices().add("channel");
    CharacterSources.read(draft, channel, values.take("chardev"));
    channel.add("target").with("type", "virtio").with("name", values.take("name"));
    onController(draft, channel, values);
  }

  private static void console(ParsedCommandLine draft, Values values) {
    String id = values.peek("id");
    boolean later = id != null && id.matches("console[1-9]\\d*");
    if (later && draft.devices().has("serial") && !draft.devices().has("console")) {
      // the first console is the first serial port, which the command line says once
      MutableElement mirror = draft.devices().add("console").with("type", "pty");
      mirror.add("target").with("type", "serial").with("port", "0");
    }
    MutableElement console = draft.devices().add("console");
    CharacterSources.read(draft, console, values.take("chardev"));
    console.add("target").with("type", "virtio");
    onController(draft, console, values);
  }

  private static void onController(ParsedCommandLine draft, MutableElement device, Values values) {
    String bus = values.take("bus");
    String port = values.take("nr");
    if (bus != null || port != null) {
      device
          .add("address")
          .with("type", "virtio-serial")
          .with("controller", bus == null ? 0 : draft.buses().controller("virtio-serial", bus))
          .with("bus", bus == null ? 0 : Buses.branch(bus))
          .with("port", port == null ? "0" : port);
    }
    GuestDeviceProps.common(draft, device, values);
  }

  /** Channels that are addresses of QEMU's own network. */
  public static void forwards(ParsedCommandLine draft) {
    for (String id : draft.backends().all("-netdev").keySet()) {
      Values backend = draft.backends().look("-netdev", id);
      String rule = backend == null ? null : rule(backend);
      Matcher forward = FORWARD.matcher(rule == null ? "" : rule);
      if (backend == null || draft.backends().isUsed(backend) || !forward.matches()) {
        continue;
      }
      draft.backends().use("-netdev", id);
      backend.take("type");
      backend.take("guestfwd");
      backend.take("guestfwd.0.str");
      MutableElement channel = draft.devices().add("channel");
      CharacterSources.read(draft, channel, forward.group(3));
      channel
          .add("target")
          .with("type", "guestfwd")
          .with("address", forward.group(1))
          .with("port", forward.group(2));
    }
  }

  private static @Nullable String rule(Values backend) {
    String plain = backend.peek("guestfwd");
    return plain == null ? backend.peek("guestfwd.0.str") : plain;
  }
}
