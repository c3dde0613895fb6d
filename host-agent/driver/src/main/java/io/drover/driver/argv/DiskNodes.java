package io.drover.driver.argv;

import io.drover.contracts.definition.Disk;
import io.drover.contracts.definition.DiskImage;
import io.drover.contracts.definition.DiskSource;
import io.drover.contracts.definition.Encryption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block nodes of the disks' images: storage, then format, the chain from below. */
final class DiskNodes {
  private final Placed placed;
  private final Map<DiskImage, Integer> numbers = new IdentityHashMap<>();

  /** Numbers the images as libvirt does: from the last disk to the first, each chain downwards. */
  DiskNodes(Placed placed) {
    this.placed = placed;
    List<Disk> disks = placed.definition().devices(Disk.class);
    int next = 1;
    for (int i = disks.size() - 1; i >= 0; i--) {
      for (DiskImage image : chain(disks.get(i).image())) {
        numbers.put(image, next++);
      }
    }
  }

  private static List<DiskImage> chain(@Nullable DiskImage top) {
    List<DiskImage> chain = new ArrayList<>();
    DiskImage at = top;
    while (at != null && at.source() != null) {
      chain.add(at);
      at = at.backing();
    }
    return chain;
  }

  /** Adds the disk's nodes and answers the one that the device uses; null for an empty drive. */
  @Nullable String add(Disk disk, Arguments out) {
    List<DiskImage> chain = chain(disk.image());
    for (int i = chain.size() - 1; i >= 0; i--) {
      image(disk, chain.get(i), i > 0, out);
    }
    return chain.isEmpty() ? null : node(chain.get(0)) + "-format";
  }

  private String node(DiskImage image) {
    return "libvirt-" + numbers.get(image);
  }

  private void image(Disk disk, DiskImage image, boolean backing, Arguments out) {
    String node = node(image);
    DiskSource source = image.source();
    if (source == null) {
      return;
    }
    String aio = disk.driver().get("io");
    Props storage =
        BlockStorage.of(
            source,
            disk.device().equals("floppy"),
            aio,
            node + "-storage-auth-secret0",
            placed,
            out);
    String key = secret(image, node, out);
    Props cache = cache(disk);
    out.option(
        "-blockdev",
        storage
            .put("node-name", node + "-storage")
            .put("cache", cache)
            .put("auto-read-only", true)
            .put("discard", "unmap"));
    out.option("-blockdev", format(disk, image, node, backing, key, cache, out));
  }

  private @Nullable String secret(DiskImage image, String node, Arguments out) {
    Encryption encryption = image.encryption();
    if (encryption == null || encryption.secrets().isEmpty()) {
      return null;
    }
    return SecretObjects.add(
        placed, out, node + "-format-encryption-secret0", encryption.secrets().get(0));
  }

  private Props format(
      Disk disk,
      DiskImage image,
      String node,
      boolean backing,
      @Nullable String key,
      @Nullable Props cache,
      Arguments out) {
    String format = image.format() == null ? "raw" : image.format();
    boolean raw = format.equals("raw") || format.equals("fat") || format.equals("iso");
    Props props =
        new Props()
            .put("node-name", node + "-format")
            .put("read-only", backing || disk.readonly())
            .put("discard", backing ? null : disk.driver().get("discard"))
            .put("detect-zeroes", backing ? null : disk.driver().get("detect_zeroes"))
            .put("cache", cache);
    if (raw && key != null) {
      props.put("driver", "luks").put("key-secret", key);
    } else {
      props.put("driver", raw ? "raw" : format.equals("vhd") ? "vpc" : format);
      props.put("cache-size", image.metadataCache());
      if (key != null) {
        props.put("encrypt", new Props().put("format", "luks").put("key-secret", key));
      }
    }
    props.put("file", sliced(image, node, raw && key == null, props, cache, out));
    DiskImage below = image.backing();
    if (below != null) {
      props.put("backing", below.source() == null ? Props.Null.NULL : node(below) + "-format");
    }
    return raw && below != null && below.source() == null ? withoutBacking(props) : props;
  }

  /** A raw image has no backing file, and nothing to say about it. */
  private static Props withoutBacking(Props props) {
    return props.without("backing");
  }

  private static String sliced(
      DiskImage image,
      String node,
      boolean raw,
      Props format,
      @Nullable Props cache,
      Arguments out) {
    DiskImage.Slice slice = image.slice();
    String storage = node + "-storage";
    if (slice == null) {
      return storage;
    }
    if (raw) {
      format.put("offset", slice.offset()).put("size", slice.size());
      return storage;
    }
    out.option(
        "-blockdev",
        Props.device("raw")
            .put("node-name", node + "-slice-sto")
            .put("offset", slice.offset())
            .put("size", slice.size())
            .put("cache", cache)
            .put("file", storage)
            .put("auto-read-only", true)
            .put("discard", "unmap"));
    return node + "-slice-sto";
  }

  private static @Nullable Props cache(Disk disk) {
    String mode = disk.driver().get("cache");
    if (mode == null || mode.equals("default")) {
      return null;
    }
    return new Props()
        .put("direct", mode.equals("none") || mode.equals("directsync"))
        .put("no-flush", mode.equals("unsafe"));
  }
}
