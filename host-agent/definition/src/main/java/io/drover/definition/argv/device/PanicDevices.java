package io.drover.definition.argv.device;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Panic;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;

/** What a guest reports its panic to. */
public final class PanicDevices {
  private PanicDevices() {}

  /** A panic device; nothing for those that are part of the CPU or the machine. */
  public static DevicePart part(ArgvContext placed, Panic panic) {
    String model = panic.model() == null ? "isa" : panic.model();
    return switch (model) {
      case "isa" -> {
        Props device = Props.device("pvpanic");
        if (panic.info().address() instanceof Address.Isa isa) { // else QEMU's own, 0x505
          device.put("ioport", isa.iobase() == null ? (Integer) 0 : isa.iobase());
        }
        yield DevicePart.of(JsonOption.device(device));
      }
      case "pvpanic" ->
          DevicePart.of(JsonOption.device(placed.at(Props.device("pvpanic-pci"), panic)));
      default -> DevicePart.NONE;
    };
  }
}
