package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import io.drover.definition.complete.address.DiskNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cards in a machine's own slot. They are no devices: QEMU's old option alone puts them there. */
final class MemoryCards {
  /** What {@code <driver>} says, by the option's own names. */
  private static final Map<String, String> DRIVER =
      Map.of(
          "cache", "cache",
          "copy_on_read", "copy-on-read",
          "discard", "discard",
          "detect_zeroes", "detect-zeroes",
          "io", "aio");

  private MemoryCards() {}

  static DevicePart part(ArgvContext placed, Disk disk) {
    List<QemuOption> options = new ArrayList<>();
    List<String> words = new ArrayList<>();
    DiskImage image = disk.image();
    if (image != null && image.source() != null) {
      Location location = location(image.source(), disk, placed);
      options.addAll(location.objects);
      words.addAll(location.words);
      if (image.format() != null && !(image.source() instanceof DiskSource.Directory)) {
        words.add("format=" + image.format());
      }
    }
    words.add("if=sd");
    words.add("index=" + DiskNames.index(disk.target().dev()));
    if (disk.readonly()) {
      words.add("readonly=on");
    }
    Map<String, String> driver = disk.driver();
    driver.forEach(
        (name, value) -> {
          if (DRIVER.containsKey(name) && !value.equals("default")) {
            boolean zeroes = name.equals("detect_zeroes");
            words.add(DRIVER.get(name) + "=" + (zeroes ? DiskNodes.zeroes(driver) : value));
          }
        });
    options.add(new TextOption("-drive", String.join(",", words)));
    return new DevicePart(options);
  }

  private record Location(List<JsonOption> objects, List<String> words) {
    static Location file(String path) {
      return new Location(List.of(), List.of("file=" + path));
    }
  }

  private static Location location(DiskSource source, Disk disk, ArgvContext placed) {
    if (source instanceof DiskSource.File file) {
      return Location.file(TextOption.escape(file.path()));
    }
    if (source instanceof DiskSource.Block block) {
      return Location.file(TextOption.escape(block.path()));
    }
    if (source instanceof DiskSource.Directory directory) {
      return Location.file("fat:" + TextOption.escape(directory.path()));
    }
    String node = "libvirt-sd" + DiskNames.index(disk.target().dev());
    Storage storage = BlockStorage.of(source, node, placed);
    List<String> words = new ArrayList<>();
    flatten("file", storage.props().members(), words);
    return new Location(storage.objects(), words);
  }

  private static void flatten(String name, @Nullable Object value, List<String> words) {
    if (value instanceof Map<?, ?> nested) {
      nested.forEach((member, inner) -> flatten(name + "." + member, inner, words));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(name + "." + i, list.get(i), words);
      }
    } else if (value != null) {
      words.add(name + "=" + TextOption.escape(value.toString()));
    }
  }
}
