package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import io.drover.definition.argv.storage.BlockStorage;
import io.drover.definition.argv.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Firmware in flash memory, or in a ROM. */
public final class Firmware {
  private static final String CODE = "libvirt-pflash0";
  private static final String VARIABLES = "libvirt-pflash1";

  private Firmware() {}

  /** The flash memory's nodes. */
  public static DevicePart blockdevs(ArgvContext placed) {
    Os.Loader loader = flash(placed);
    if (loader == null || loader.path() == null) {
      return DevicePart.NONE;
    }
    boolean readonly = Boolean.TRUE.equals(loader.readonly());
    List<QemuOption> nodes =
        new ArrayList<>(nodes(CODE, new DiskSource.File(loader.path(), null), readonly, placed));
    if (variables(placed)) {
      Os.Nvram nvram = placed.definition().os().nvram();
      DiskSource source = nvram == null ? null : nvram.source();
      if (source == null) {
        source = new DiskSource.File(placed.layout().nvramFile(), null);
      }
      nodes.addAll(nodes(VARIABLES, source, false, placed));
    }
    return new DevicePart(nodes);
  }

  private static List<JsonOption> nodes(
      String node, DiskSource source, boolean readonly, ArgvContext placed) {
    Storage storage = BlockStorage.of(source, node, placed);
    List<JsonOption> nodes = new ArrayList<>(storage.objects());
    nodes.add(
        JsonOption.blockdev(
            storage
                .props()
                .put("node-name", node + "-storage")
                .put("auto-read-only", true)
                .put("discard", "unmap")));
    nodes.add(
        JsonOption.blockdev(
            new Props()
                .put("node-name", node + "-format")
                .put("read-only", readonly)
                .put("driver", "raw")
                .put("file", node + "-storage")));
    return nodes;
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

  /** What protects the flash memory, or the ROM that takes its place. */
  public static List<QemuOption> rom(ArgvContext placed) {
    Os.Loader loader = placed.definition().os().loader();
    Os.Loader flash = flash(placed);
    if (flash != null) {
      String secure = "driver=cfi.pflash01,property=secure,value=on";
      return Boolean.TRUE.equals(flash.secure())
          ? List.of(new TextOption("-global", secure))
          : List.of();
    }
    return loader == null || loader.path() == null
        ? List.of()
        : List.of(new TextOption("-bios", loader.path()));
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
