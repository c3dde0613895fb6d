package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that make of an image's bytes what is in it.
 *
 * @param number the image's, which these nodes' names have in them; the one below has the next
 * @param backing whether another image is above it
 * @param key the id of the secret that QEMU decrypts it with; null where it does not
 */
record FormatNodes(
    Disk disk,
    DiskImage image,
    int number,
    boolean backing,
    @Nullable String key,
    @Nullable Props cache) {

  /** The format's node, after the one of the slice that it is in. */
  List<JsonOption> nodes() {
    String node = DiskNodes.node(number);
    String driver = DiskFormats.driver(image.format());
    boolean luks = driver.equals("raw") && key != null;
    Props format =
        new Props()
            .put("node-name", node + "-format")
            .put("read-only", backing || disk.readonly())
            .put("discard", disk.driver().get("discard"))
            .put("detect-zeroes", backing ? null : DiskNodes.zeroes(disk.driver()))
            .put("cache", cache)
            .put("driver", luks ? "luks" : driver);
    if (luks) {
      format.put("key-secret", key);
    } else {
      format.put("cache-size", image.metadataCache());
      format.put(
          "encrypt", key == null ? null : new Props().put("format", "luks").put("key-secret", key));
    }
    DiskImage.Slice slice = image.slice();
    boolean sliced = slice != null && (luks || !driver.equals("raw"));
    if (slice != null && !sliced) {
      format.put("offset", slice.offset()).put("size", slice.size());
    }
    format.put("file", node + (sliced ? "-slice-sto" : "-storage"));
    DiskImage below = image.backing();
    if (below != null && below.source() != null) {
      format.put("backing", DiskNodes.node(number + 1) + "-format");
    } else if (below != null && DiskFormats.layered(image.format())) {
      format.nothing("backing");
    }
    JsonOption formatted = JsonOption.blockdev(format);
    return slice != null && sliced ? List.of(slice(node, slice), formatted) : List.of(formatted);
  }

  private JsonOption slice(String node, DiskImage.Slice slice) {
    return JsonOption.blockdev(
        Props.device("raw")
            .put("node-name", node + "-slice-sto")
            .put("offset", slice.offset())
            .put("size", slice.size())
            .put("cache", cache)
            .put("file", node + "-storage")
            .put("auto-read-only", true)
            .put("discard", "unmap"));
  }
}
