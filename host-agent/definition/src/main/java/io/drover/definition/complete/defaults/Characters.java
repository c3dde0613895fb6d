package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.List;

/**
 * Serial ports, consoles and channels: default models, port numbers, and the old rule that the
 * first console is the first serial port.
 */
public final class Characters {
  private Characters() {}

  public static void apply(DefinitionBuilder draft) {
    draft.each(CharacterDevice.class, Characters::typed);
    mirrorFirstConsole(draft);
    for (String element : List.of("serial", "parallel", "console", "channel")) {
      numberPorts(draft, element);
    }
  }

  private static CharacterDevice typed(CharacterDevice device) {
    return switch (device.element()) {
      case "serial" -> serial(device);
      case "console" ->
          device.targetType() == null || device.targetType().equals("none")
              ? device.withTarget("serial", null, device.port())
              : device;
      default -> device;
    };
  }

  private static CharacterDevice serial(CharacterDevice device) {
    String type = device.targetType();
    String model = device.targetModel();
    if (type == null || type.equals("none")) {
      type = "isa-serial";
    }
    if (model == null) {
      model = type.equals("isa-debug") ? "isa-debugcon" : type;
    }
    return device.withTarget(type, model, device.port());
  }

  private static void mirrorFirstConsole(DefinitionBuilder draft) {
    List<CharacterDevice> consoles = draft.characters("console");
    List<CharacterDevice> serials = draft.characters("serial");
    if (consoles.isEmpty() || !"serial".equals(consoles.get(0).targetType())) {
      seenAsConsole(draft, consoles, serials);
      return;
    }
    CharacterDevice first = consoles.get(0);
    if (serials.isEmpty()) {
      draft.add(serial(first.as("serial").withTarget(null, null, 0)));
    }
  }

  /** The first serial port is the first console, whether or not the definition says so. */
  private static void seenAsConsole(
      DefinitionBuilder draft, List<CharacterDevice> consoles, List<CharacterDevice> serials) {
    if (serials.isEmpty() || !"isa-serial".equals(serials.get(0).targetType())) {
      return;
    }
    CharacterDevice serial = serials.get(0);
    CharacterDevice console =
        serial.as("console").withTarget("serial", null, 0).withInfo(DeviceInfo.NONE);
    if (consoles.isEmpty()) {
      draft.add(console);
    } else {
      draft.addBefore(consoles.get(0), console);
    }
  }

  private static void numberPorts(DefinitionBuilder draft, String element) {
    int next = 0;
    for (CharacterDevice device : draft.characters(element)) {
      if (device.port() != null) {
        next = Math.max(next, device.port() + 1);
      }
    }
    for (CharacterDevice device : draft.characters(element)) {
      if (device.port() == null && !"virtio".equals(device.targetType())) {
        draft.replace(device, device.withTarget(device.targetType(), device.targetModel(), next++));
      }
    }
  }
}
