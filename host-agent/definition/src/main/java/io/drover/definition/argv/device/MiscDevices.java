package io.drover.definition.argv.device;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input devices, watchdogs, the balloon, sources of randomness, panic devices. */
public final class MiscDevices {
  private static final Map<String, String> USB_INPUTS =
      Map.of("mouse", "usb-mouse", "tablet", "usb-tablet", "keyboard", "usb-kbd");

  private MiscDevices() {}

  public static void inputs(ArgvContext placed, Arguments out) {
    for (Input input : placed.definition().devices(Input.class)) {
      Input.Source source = input.source();
      if ("usb".equals(input.bus())) {
        Props device =
            Props.device(USB_INPUTS.getOrDefault(input.type(), "usb-tablet"))
                .put("id", ArgvContext.alias(input));
        out.device(placed.at(device, input));
      } else if ("virtio".equals(input.bus())) {
        out.device(virtioInput(placed, input, source));
      } else if (input.type().equals("evdev") && source != null) {
        out.object(
            Props.object("input-linux", ArgvContext.alias(input))
                .put("evdev", source.device())
                .onOff("repeat", source.repeat())
                .put("grab_all", source.grab() == null ? null : (Boolean) true)
                .put("grab-toggle", source.grabToggle()));
      }
    }
  }

  private static Props virtioInput(ArgvContext placed, Input input, Input.@Nullable Source source) {
    String base =
        input.type().equals("passthrough") ? "virtio-input-host" : "virtio-" + input.type();
    Props device = Props.device(ArgvContext.virtioName(base, input.model()));
    ArgvContext.virtio(device, input.virtio()).put("id", ArgvContext.alias(input));
    boolean host = input.type().equals("passthrough"); // the others are no device of the host
    device.put("evdev", source == null || !host ? null : source.device());
    return placed.at(device, input);
  }

  public static void watchdogs(ArgvContext placed, Arguments out) {
    Watchdog last = null;
    for (Watchdog watchdog : placed.definition().devices(Watchdog.class)) {
      if (!watchdog.model().equals("itco")) {
        out.device(
            placed.at(
                Props.device(watchdog.model()).put("id", ArgvContext.alias(watchdog)), watchdog));
      }
      last = watchdog;
    }
    if (last != null) {
      String action = last.action().equals("dump") ? "pause" : last.action();
      out.option("-watchdog-action", action);
    }
  }

  public static void balloon(ArgvContext placed, Arguments out) {
    for (Balloon balloon : placed.definition().devices(Balloon.class)) {
      if (balloon.model().equals("none")) {
        continue;
      }
      Props device = Props.device(ArgvContext.virtioName("virtio-balloon", balloon.model()));
      ArgvContext.virtio(device, balloon.virtio()).put("id", ArgvContext.alias(balloon));
      placed.at(device, balloon);
      device.onOff("deflate-on-oom", balloon.autodeflate());
      out.device(device.onOff("free-page-reporting", balloon.freePageReporting()));
    }
  }

  public static void rngs(ArgvContext placed, Arguments out) {
    for (Rng rng : placed.definition().devices(Rng.class)) {
      String alias = ArgvContext.alias(rng);
      if (rng.egd() != null) {
        CharacterDevice socket =
            new CharacterDevice(
                DeviceInfo.NONE.withAlias(alias),
                "rng",
                rng.egd(),
                null,
                null,
                null,
                null,
                null,
                null);
        out.option("-chardev", CharacterDevices.backend(placed, socket, "char" + alias, out));
      }
      out.object(backend(rng, alias));
      Props device = Props.device(ArgvContext.virtioName("virtio-rng", rng.model()));
      ArgvContext.virtio(device, rng.virtio()).put("rng", "obj" + alias).put("id", alias);
      Rng.Rate rate = rng.rate();
      if (rate != null) {
        device.put("max-bytes", rate.bytes());
        device.put("period", rate.periodMillis() == null ? 1000 : rate.periodMillis());
      }
      out.device(placed.at(device, rng));
    }
  }

  private static Props backend(Rng rng, String alias) {
    return switch (rng.backend()) {
      case "builtin" -> Props.object("rng-builtin", "obj" + alias);
      case "egd" -> Props.object("rng-egd", "obj" + alias).put("chardev", "char" + alias);
      default ->
          Props.object("rng-random", "obj" + alias)
              .put("filename", rng.device() == null ? "/dev/random" : rng.device());
    };
  }

  public static void iommus(ArgvContext placed, Arguments out) {
    for (Iommu iommu : placed.definition().devices(Iommu.class)) {
      boolean intel = iommu.model().equals("intel");
      Props device = Props.device(intel ? "intel-iommu" : "virtio-iommu");
      device.put("id", ArgvContext.alias(iommu));
      if (intel) {
        device
            .put("intremap", iommu.interruptRemapping())
            .onOff("caching-mode", iommu.cachingMode())
            .put("eim", iommu.extendedInterrupts())
            .onOff("device-iotlb", iommu.deviceIotlb())
            .put("aw-bits", iommu.addressBits());
      }
      out.device(placed.at(device, iommu));
    }
  }

  public static void panics(ArgvContext placed, Arguments out) {
    for (Panic panic : placed.definition().devices(Panic.class)) {
      String model = panic.model() == null ? "isa" : panic.model();
      if (model.equals("isa")) {
        Props device = Props.device("pvpanic");
        if (panic.info().address() instanceof Address.Isa isa) { // else QEMU's own, 0x505
          device.put("ioport", isa.iobase() == null ? (Integer) 0 : isa.iobase());
        }
        out.device(device);
      } else if (model.equals("pvpanic")) {
        out.device(placed.at(Props.device("pvpanic-pci"), panic));
      }
    }
  }

  public static void cryptos(ArgvContext placed, Arguments out) {
    for (Crypto crypto : placed.definition().devices(Crypto.class)) {
      String alias = ArgvContext.alias(crypto);
      out.object(
          Props.object("cryptodev-backend-builtin", "obj" + alias).put("queues", crypto.queues()));
      Props device = Props.device("virtio-crypto-pci");
      ArgvContext.virtio(device, crypto.virtio()).put("cryptodev", "obj" + alias).put("id", alias);
      out.device(placed.at(device, crypto));
    }
  }
}
