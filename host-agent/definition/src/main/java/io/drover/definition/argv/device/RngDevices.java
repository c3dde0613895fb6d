package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.Rng;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.List;

/** Sources of randomness. */
public final class RngDevices {
  private static final int DEFAULT_PERIOD_MILLIS = 1000;

  private RngDevices() {}

  public static DevicePart part(ArgvContext placed, Rng rng) {
    String alias = ArgvContext.alias(rng);
    List<QemuOption> options = new ArrayList<>();
    CharacterSource daemon = rng.egd();
    if (daemon != null) {
      options.addAll(CharacterBackends.of(placed, daemon, "char" + alias, "vdagent", alias));
    }
    options.add(JsonOption.object(backend(rng, alias)));
    Props device = Props.device(ArgvContext.virtioName("virtio-rng", rng.model()));
    ArgvContext.virtio(device, rng.virtio()).put("rng", "obj" + alias).put("id", alias);
    Rng.Rate rate = rng.rate();
    if (rate != null) {
      Integer period = rate.periodMillis();
      device.put("max-bytes", rate.bytes());
      device.put("period", period == null ? (Integer) DEFAULT_PERIOD_MILLIS : period);
    }
    options.add(JsonOption.device(placed.at(device, rng)));
    return new DevicePart(options);
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
}
