package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import io.drover.definition.complete.address.DiskNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  static void add(ArgvContext placed, Disk disk, Arguments out) {
    List<String> words = new ArrayList<>();
    DiskImage image = disk.image();
    if (image != null && image.source() != null) {
      words.addAll(source(image.source(), disk, placed, out));
      if (image.format() != null && !(image.source() instanceof DiskSource.Directory)) {
        words.add("format=" + image.format());
      }
    }
    words.add("if=sd");
    words.add("index=" + DiskNames.index(disk.target().dev()));
    if (disk.readonly()) {
      words.add("readonly=on");
    }
    Map<String, String> driver = new LinkedHashMap<>(disk.driver());
    driver.forEach(
        (name, value) -> {
          if (DRIVER.containsKey(name) && !value.equals("default")) {
            boolean zeroes = name.equals("detect_zeroes");
            words.add(DRIVER.get(name) + "=" + (zeroes ? DiskNodes.zeroes(driver) : value));
          }
        });
    out.option("-drive", String.join(",", words));
  }

  private static List<String> source(
      DiskSource source, Disk disk, ArgvContext placed, Arguments out) {
    if (source instanceof DiskSource.File file) {
      return List.of("file=" + Arguments.escape(file.path()));
    }
    if (source instanceof DiskSource.Block block) {
      return List.of("file=" + Arguments.escape(block.path()));
    }
    if (source instanceof DiskSource.Directory directory) {
      return List.of("file=fat:" + Arguments.escape(directory.path()));
    }
    String node = "libvirt-sd" + DiskNames.index(disk.target().dev());
    List<String> words = new ArrayList<>();
    flatten("file", BlockStorage.of(source, node, placed, out), words);
    return words;
  }

  private static void flatten(String name, @Nullable Object value, List<String> words) {
    if (value instanceof Props nested) {
      nested.each((member, inner) -> flatten(name + "." + member, inner, words));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(name + "." + i, list.get(i), words);
      }
    } else if (value != null) {
      words.add(name + "=" + Arguments.escape(value.toString()));
    }
  }
}
