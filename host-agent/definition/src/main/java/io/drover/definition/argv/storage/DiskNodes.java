package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.contracts.definition.storage.Reservations;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.SecretObjects;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block nodes of the disks' images: storage, then format, the chain from below. */
final class DiskNodes {
  private final ArgvContext placed;
  private final Map<DiskImage, Integer> numbers = new IdentityHashMap<>();
  private final Map<DiskImage, Integer> descriptorSets = new IdentityHashMap<>();
  private boolean helperAdded;

  /** Numbers the images as libvirt does: from the last disk to the first, each chain downwards. */
  DiskNodes(ArgvContext placed) {
    this.placed = placed;
    List<Disk> disks = placed.definition().devices(Disk.class);
    int next = 1;
    for (int i = disks.size() - 1; i >= 0; i--) {
      List<DiskImage> chain = chain(disks.get(i).image());
      next += chain.isEmpty() ? 1 : 0; // a medium may come
      for (DiskImage image : chain) {
        numbers.put(image, next++);
        if (image.source() instanceof DiskSource.File file && file.fdGroup() != null) {
          descriptorSets.put(image, descriptorSets.size());
        }
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
    if (chain.isEmpty()) {
      return null;
    }
    chain.forEach(image -> descriptors(image, out));
    for (int i = chain.size() - 1; i >= 0; i--) {
      image(disk, chain.get(i), i > 0, out);
    }
    String top = node(chain.get(0)) + "-format";
    if (!"on".equals(disk.driver().get("copy_on_read"))) {
      return top;
    }
    String copying = "libvirt-CoR-" + disk.target().dev();
    out.option(
        "-blockdev",
        Props.device("copy-on-read")
            .put("node-name", copying)
            .put("file", top)
            .put("discard", "unmap"));
    return copying;
  }

  private String node(DiskImage image) {
    return "libvirt-" + numbers.get(image);
  }

  /** One set for each group: QEMU opens the file for reading first, and again for writing. */
  private void descriptors(DiskImage image, Arguments out) {
    Integer set = descriptorSets.get(image);
    if (set != null) {
      for (int i = 0; i < 2; i++) {
        String opaque = node(image) + "-storage" + i;
        out.option("-add-fd", "set=" + set + ",fd=" + (3 + 2 * set + i) + ",opaque=" + opaque);
      }
    }
  }

  private void image(Disk disk, DiskImage image, boolean backing, Arguments out) {
    String node = node(image);
    DiskSource source = image.source();
    if (source == null) {
      return;
    }
    Props storage = BlockStorage.of(source, node, placed, out);
    if (source instanceof DiskSource.File || source instanceof DiskSource.Block) {
      storage.put("aio", disk.driver().get("io"));
    }
    if (source instanceof DiskSource.Directory) {
      storage.put("floppy", disk.device().equals("floppy"));
    }
    if (descriptorSets.containsKey(image)) {
      storage.put("filename", "/dev/fdset/" + descriptorSets.get(image));
    }
    String helper = reservations(node, image.reservations(), out);
    boolean local = source instanceof DiskSource.File || source instanceof DiskSource.Block;
    storage.put("pr-manager", local ? helper : null); // an iSCSI server keeps its own
    String key = secret(image, node, out);
    Encryption encryption = image.encryption();
    boolean byServer = encryption != null && "librbd".equals(encryption.engine());
    if (byServer && encryption != null) {
      storage.put("encrypt", new Props().put("format", encryption.format()).put("key-secret", key));
    }
    Props cache = cache(disk);
    out.option(
        "-blockdev",
        storage
            .put("node-name", node + "-storage")
            .put("cache", cache)
            .put("auto-read-only", true)
            .put("discard", "unmap"));
    out.option("-blockdev", format(disk, image, node, backing, byServer ? null : key, cache, out));
  }

  private @Nullable String secret(DiskImage image, String node, Arguments out) {
    Encryption encryption = image.encryption();
    if (encryption == null || encryption.secrets().isEmpty()) {
      return null;
    }
    return SecretObjects.add(
        placed, out, node + "-format-encryption-secret0", encryption.secrets().get(0));
  }

  private @Nullable String reservations(
      String node, @Nullable Reservations reservations, Arguments out) {
    if (reservations == null) {
      return null;
    }
    String id = reservations.managed() ? Reservations.HELPER : "pr-helper-" + node + "-storage";
    if (!reservations.managed() || !helperAdded) {
      HostLayout host = placed.layout();
      String own = host.bindings().of(id, host.folder() + "/" + id + ".sock");
      out.object(
          Props.object("pr-manager-helper", id)
              .put("path", reservations.managed() ? own : reservations.socket()));
    }
    helperAdded |= reservations.managed();
    return id;
  }

  private Props format(
      Disk disk,
      DiskImage image,
      String node,
      boolean backing,
      @Nullable String key,
      @Nullable Props cache,
      Arguments out) {
    String driver = DiskFormats.driver(image.format());
    boolean raw = driver.equals("raw");
    Props props =
        new Props()
            .put("node-name", node + "-format")
            .put("read-only", backing || disk.readonly())
            .put("discard", disk.driver().get("discard"))
            .put("detect-zeroes", backing ? null : zeroes(disk.driver()))
            .put("cache", cache);
    if (raw && key != null) {
      props.put("driver", "luks").put("key-secret", key);
    } else {
      props.put("driver", driver).put("cache-size", image.metadataCache());
      if (key != null) {
        props.put("encrypt", new Props().put("format", "luks").put("key-secret", key));
      }
    }
    props.put("file", sliced(image, node, raw && key == null, props, cache, out));
    DiskImage below = image.backing();
    if (below != null && (below.source() != null || DiskFormats.layered(image.format()))) {
      props.put("backing", below.source() == null ? Props.Null.NULL : node(below) + "-format");
    }
    return props;
  }

  /** Zeroes are unmapped only where unmapping is allowed. */
  static @Nullable String zeroes(Map<String, String> driver) {
    String mode = driver.get("detect_zeroes");
    return "unmap".equals(mode) && !"unmap".equals(driver.get("discard")) ? "on" : mode;
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
