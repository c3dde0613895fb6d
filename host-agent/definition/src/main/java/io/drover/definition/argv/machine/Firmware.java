package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.storage.BlockStorage;
import org.jspecify.annotations.Nullable;

/** Firmware in flash memory, or in a ROM. */
public final class Firmware {
  private static final String CODE = "libvirt-pflash0";
  private static final String VARIABLES = "libvirt-pflash1";

  private Firmware() {}

  public static void blockdevs(ArgvContext placed, Arguments out) {
    Os.Loader loader = flash(placed);
    if (loader == null || loader.path() == null) {
      return;
    }
    storage(CODE, new DiskSource.File(loader.path(), null), placed, out);
    boolean readonly = Boolean.TRUE.equals(loader.readonly());
    format(CODE, readonly, out);
    if (variables(placed)) {
      Os.Nvram nvram = placed.definition().os().nvram();
      DiskSource source = nvram == null ? null : nvram.source();
      storage(
          VARIABLES,
          source == null ? new DiskSource.File(placed.layout().nvramFile(), null) : source,
          placed,
          out);
      format(VARIABLES, false, out);
    }
  }

  private static void storage(String node, DiskSource source, ArgvContext placed, Arguments out) {
    out.option(
        "-blockdev",
        BlockStorage.of(source, node, placed, out)
            .put("node-name", node + "-storage")
            .put("auto-read-only", true)
            .put("discard", "unmap"));
  }

  private static void format(String node, boolean readonly, Arguments out) {
    out.option(
        "-blockdev",
        new Props()
            .put("node-name", node + "-format")
            .put("read-only", readonly)
            .put("driver", "raw")
            .put("file", node + "-storage"));
  }

  /** What the machine option says of the flash memory. */
  static String machineOptions(ArgvContext placed) {
    if (flash(placed) == null) {
      return "";
    }
    return ",pflash0="
        + CODE
        + "-format"
        + (variables(placed) ? ",pflash1=" + VARIABLES + "-format" : "");
  }

  public static void rom(ArgvContext placed, Arguments out) {
    Os.Loader loader = placed.definition().os().loader();
    Os.Loader flash = flash(placed);
    if (flash != null && Boolean.TRUE.equals(flash.secure())) {
      out.option("-global", "driver=cfi.pflash01,property=secure,value=on");
    }
    if (loader != null && loader.path() != null && flash == null) {
      out.option("-bios", loader.path());
    }
  }

  private static Os.@Nullable Loader flash(ArgvContext placed) {
    Os.Loader loader = placed.definition().os().loader();
    return loader != null && "pflash".equals(loader.type()) ? loader : null;
  }

  /** Code that the guest may write keeps its variables itself, unless others are named. */
  private static boolean variables(ArgvContext placed) {
    Os os = placed.definition().os();
    Os.Loader loader = os.loader();
    boolean stateless = loader != null && Boolean.TRUE.equals(loader.stateless());
    boolean readonly = loader != null && Boolean.TRUE.equals(loader.readonly());
    return !stateless && (os.nvram() != null || readonly);
  }
}
