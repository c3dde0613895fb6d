package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.Tpm;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;

/** The trusted platform module. */
public final class TpmDevices {
  private static final String CHARDEV = "chrtpm";

  private TpmDevices() {}

  public static void add(ArgvContext placed, Arguments out) {
    for (Tpm tpm : placed.definition().devices(Tpm.class)) {
      String alias = ArgvContext.alias(tpm);
      String id = "tpm-" + alias;
      if (tpm.backend() instanceof Tpm.Passthrough host) {
        out.option("-tpmdev", passthrough(placed, host, alias, out));
      } else {
        out.option("-chardev", "socket,id=" + CHARDEV + ",path=" + socket(placed, tpm, alias));
        out.option("-tpmdev", "emulator,id=" + id + ",chardev=" + CHARDEV);
      }
      String model = tpm.model() == null ? "tpm-tis" : tpm.model();
      out.device(Props.device(model).put("tpmdev", id).put("id", alias));
    }
  }

  private static String passthrough(
      ArgvContext placed, Tpm.Passthrough host, String alias, Arguments out) {
    String device = host.device();
    String cancel = placed.layout().bindings().of(alias, "/dev/null");
    if (placed.layout().bindings().exported()) {
      out.option("-add-fd", "set=0,fd=3,opaque=" + alias + "-tpm");
      out.option("-add-fd", "set=1,fd=4,opaque=" + alias + "-cancel");
      device = "/dev/fdset/0";
      cancel = "/dev/fdset/1";
    }
    return "passthrough,id=tpm-"
        + alias
        + ",path="
        + Arguments.escape(device)
        + ",cancel-path="
        + Arguments.escape(cancel);
  }

  private static String socket(ArgvContext placed, Tpm tpm, String alias) {
    String path =
        tpm.backend() instanceof Tpm.External external
                && external.source() instanceof CharacterSource.Unix unix
                && unix.path() != null
            ? unix.path()
            : placed.layout().bindings().of(alias, placed.layout().channelFolder() + "/swtpm.sock");
    return Arguments.escape(path);
  }
}
