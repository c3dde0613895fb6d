package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Serial and parallel ports, channels, consoles, and QEMU's own monitor. */
public final class CharacterDevices {
  private CharacterDevices() {}

  /** QEMU's own monitor. */
  public static DevicePart monitor(ArgvContext placed) {
    return DevicePart.of(
        CharacterBackends.unix("charmonitor", placed.layout().monitorSocket(), "bind", null),
        new TextOption("-mon", "chardev=charmonitor,id=monitor,mode=control"));
  }

  /** All of them in the order in which QEMU gets them. */
  public static List<CharacterDevice> all(ArgvContext placed) {
    return Stream.of("serial", "parallel", "channel", "console")
        .flatMap(element -> placed.characters(element).stream())
        .toList();
  }

  /** One of them with its backend; nothing for a console that is a serial port seen again. */
  public static DevicePart part(ArgvContext placed, CharacterDevice device) {
    if (device.element().equals("console") && "serial".equals(device.targetType())) {
      return DevicePart.NONE;
    }
    String alias = ArgvContext.alias(device);
    List<QemuOption> options =
        new ArrayList<>(CharacterBackends.of(placed, device, "char" + alias));
    CharacterDevice.Forward forward = device.forward();
    options.add(
        forward == null
            ? JsonOption.device(device(placed, device, alias))
            : JsonOption.netdev(forwarding(forward, alias)));
    return new DevicePart(options);
  }

  private static Props forwarding(CharacterDevice.Forward forward, String alias) {
    String rule = "tcp:" + forward.address() + ":" + forward.port() + "-chardev:char" + alias;
    return new Props()
        .put("type", "user")
        .put("guestfwd", List.of(new Props().put("str", rule)))
        .put("id", alias);
  }

  private static Props device(ArgvContext placed, CharacterDevice device, String alias) {
    return switch (device.element()) {
      case "parallel" ->
          Props.device("isa-parallel").put("chardev", "char" + alias).put("id", alias);
      case "channel" -> virtio(placed, device, alias, "virtserialport");
      case "console" -> virtio(placed, device, alias, "virtconsole");
      default -> serial(placed, device, alias);
    };
  }

  private static Props serial(ArgvContext placed, CharacterDevice device, String alias) {
    String model = device.targetModel() == null ? "isa-serial" : device.targetModel();
    Props props = Props.device(model);
    props.put("chardev", "char" + alias).put("id", alias);
    if (model.equals("isa-serial")) {
      props.put("index", device.port());
    }
    return isaAddress(placed.at(props, device), device);
  }

  private static Props isaAddress(Props props, CharacterDevice device) {
    if (device.info().address() instanceof Address.Isa isa) {
      props.put("iobase", isa.iobase() == null ? (Integer) 0 : isa.iobase()).put("irq", isa.irq());
    }
    return props;
  }

  private static Props virtio(
      ArgvContext placed, CharacterDevice device, String alias, String driver) {
    Props props = Props.device(driver);
    if (device.info().address() instanceof Address.VirtioSerial at) {
      props
          .put("bus", placed.controllerAlias("virtio-serial", at.controller()) + "." + at.bus())
          .put("nr", at.port());
    }
    props.put("chardev", "char" + alias).put("id", alias);
    boolean agent =
        device.source() instanceof CharacterSource.Spice spice && spice.channel() == null;
    return props.put(
        "name",
        driver.equals("virtconsole")
            ? null
            : device.targetName() == null && agent ? "com.redhat.spice.0" : device.targetName());
  }
}
