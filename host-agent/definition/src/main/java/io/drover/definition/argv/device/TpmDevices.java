package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.Tpm;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;

/** The trusted platform module. */
public final class TpmDevices {
  private static final String CHARDEV = "chrtpm";

  private TpmDevices() {}

  public static DevicePart part(ArgvContext placed, Tpm tpm) {
    String alias = ArgvContext.alias(tpm);
    String id = "tpm-" + alias;
    List<QemuOption> options = new ArrayList<>();
    if (tpm.backend() instanceof Tpm.Passthrough host) {
      options.addAll(passthrough(placed, host, alias));
    } else {
      options.add(
          new Chardev("socket", CHARDEV, new Props().put("path", socket(placed, tpm, alias))));
      options.add(new TextOption("-tpmdev", "emulator,id=" + id + ",chardev=" + CHARDEV));
    }
    String model = tpm.model() == null ? "tpm-tis" : tpm.model();
    options.add(JsonOption.device(Props.device(model).put("tpmdev", id).put("id", alias)));
    return new DevicePart(options);
  }

  private static List<QemuOption> passthrough(
      ArgvContext placed, Tpm.Passthrough host, String alias) {
    List<QemuOption> options = new ArrayList<>();
    String device = host.device();
    String cancel = placed.layout().bindings().of(alias, "/dev/null");
    if (placed.layout().bindings().exported()) {
      options.add(new TextOption("-add-fd", "set=0,fd=3,opaque=" + alias + "-tpm"));
      options.add(new TextOption("-add-fd", "set=1,fd=4,opaque=" + alias + "-cancel"));
      device = "/dev/fdset/0";
      cancel = "/dev/fdset/1";
    }
    options.add(
        new TextOption(
            "-tpmdev",
            "passthrough,id=tpm-"
                + alias
                + ",path="
                + TextOption.escape(device)
                + ",cancel-path="
                + TextOption.escape(cancel)));
    return options;
  }

  private static String socket(ArgvContext placed, Tpm tpm, String alias) {
    return tpm.backend() instanceof Tpm.External external
            && external.source() instanceof CharacterSource.Unix unix
            && unix.path() != null
        ? unix.path()
        : placed.layout().bindings().of(alias, placed.layout().channelFolder() + "/swtpm.sock");
  }
}
