package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.storage.Encryption;
import io.drover.contracts.definition.storage.Reservations;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.SecretObjects;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block nodes of the disks' images: storage, then format, the chain from below. */
final class DiskNodes {
  private final ArgvContext placed;
  private final NodeNumbers numbers;
  private final Map<Integer, Integer> descriptorSets;

  DiskNodes(ArgvContext placed, NodeNumbers numbers) {
    this.placed = placed;
    this.numbers = numbers;
    this.descriptorSets = descriptorSets(placed.definition().devices(Disk.class), numbers);
  }

  /**
   * A disk's nodes with what they need.
   *
   * @param top the node that the device uses; null for an empty drive
   */
  record Chain(List<QemuOption> options, @Nullable String top) {}

  /** Sets of descriptors that QEMU is given, by the number of the image that is behind them. */
  private static Map<Integer, Integer> descriptorSets(List<Disk> disks, NodeNumbers numbers) {
    Map<Integer, Integer> sets = new HashMap<>();
    for (int i = disks.size() - 1; i >= 0; i--) {
      Disk disk = disks.get(i);
      int below = 0;
      for (DiskImage at = disk.image(); at != null && at.source() != null; at = at.backing()) {
        if (at.source() instanceof DiskSource.File file && file.fdGroup() != null) {
          sets.put(numbers.first(disk) + below, sets.size());
        }
        below++;
      }
    }
    return sets;
  }

  /** Whether the helper that all disks have together makes reservations for this one. */
  static boolean reservesByHelper(Disk disk) {
    return NodeNumbers.chain(disk.image()).stream().anyMatch(DiskNodes::reservesByHelper);
  }

  private static boolean reservesByHelper(DiskImage image) {
    return image.reservations() != null && image.reservations().managed();
  }

  /**
   * The disk's nodes.
   *
   * @param first whether no other disk brings the helper for reservations
   */
  Chain of(Disk disk, boolean first) {
    List<DiskImage> chain = NodeNumbers.chain(disk.image());
    if (chain.isEmpty()) {
      return new Chain(List.of(), null);
    }
    int number = numbers.first(disk);
    List<QemuOption> options = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      options.addAll(descriptors(number + i));
    }
    boolean helper = first;
    for (int i = chain.size() - 1; i >= 0; i--) {
      options.addAll(image(disk, chain.get(i), number + i, i > 0, helper));
      helper &= !reservesByHelper(chain.get(i));
    }
    String top = node(number) + "-format";
    if (!"on".equals(disk.driver().get("copy_on_read"))) {
      return new Chain(options, top);
    }
    String copying = "libvirt-CoR-" + disk.target().dev();
    options.add(
        JsonOption.blockdev(
            Props.device("copy-on-read")
                .put("node-name", copying)
                .put("file", top)
                .put("discard", "unmap")));
    return new Chain(options, copying);
  }

  static String node(int number) {
    return "libvirt-" + number;
  }

  /** One set for each group: QEMU opens the file for reading first, and again for writing. */
  private List<QemuOption> descriptors(int number) {
    Integer set = descriptorSets.get(number);
    List<QemuOption> options = new ArrayList<>();
    for (int i = 0; set != null && i < 2; i++) {
      String opaque = node(number) + "-storage" + i;
      String value = "set=" + set + ",fd=" + (3 + 2 * set + i) + ",opaque=" + opaque;
      options.add(new TextOption("-add-fd", value));
    }
    return options;
  }

  private List<QemuOption> image(
      Disk disk, DiskImage image, int number, boolean backing, boolean helper) {
    DiskSource source = image.source();
    if (source == null) {
      return List.of();
    }
    String node = node(number);
    Storage storage = BlockStorage.of(source, node, placed);
    List<QemuOption> options = new ArrayList<>(storage.objects());
    Props props = storage.props();
    boolean local = source instanceof DiskSource.File || source instanceof DiskSource.Block;
    if (local) {
      props.put("aio", disk.driver().get("io"));
    }
    if (source instanceof DiskSource.Directory) {
      props.put("floppy", disk.device().equals("floppy"));
    }
    if (descriptorSets.containsKey(number)) {
      props.put("filename", "/dev/fdset/" + descriptorSets.get(number));
    }
    Reservations reservations = image.reservations();
    if (reservations != null) {
      String id = helperName(reservations, node);
      if (helper || !reservations.managed()) {
        options.add(helper(reservations, id));
      }
      props.put("pr-manager", local ? id : null); // an iSCSI server keeps its own
    }
    JsonOption secret = secret(image, node);
    String key = null;
    if (secret != null) {
      options.add(secret);
      key = secret.id();
    }
    Encryption encryption = image.encryption();
    if (encryption != null && "librbd".equals(encryption.engine())) {
      props.put("encrypt", new Props().put("format", encryption.format()).put("key-secret", key));
      key = null; // the server decrypts
    }
    Props cache = cache(disk);
    options.add(
        JsonOption.blockdev(
            props
                .put("node-name", node + "-storage")
                .put("cache", cache)
                .put("auto-read-only", true)
                .put("discard", "unmap")));
    options.addAll(new FormatNodes(disk, image, number, backing, key, cache).nodes());
    return options;
  }

  private @Nullable JsonOption secret(DiskImage image, String node) {
    Encryption encryption = image.encryption();
    return encryption == null || encryption.secrets().isEmpty()
        ? null
        : SecretObjects.of(
            placed, node + "-format-encryption-secret0", encryption.secrets().get(0));
  }

  private static String helperName(Reservations reservations, String node) {
    return reservations.managed() ? Reservations.HELPER : "pr-helper-" + node + "-storage";
  }

  private JsonOption helper(Reservations reservations, String id) {
    HostLayout host = placed.layout();
    String own = host.bindings().of(id, host.folder() + "/" + id + ".sock");
    return JsonOption.object(
        Props.object("pr-manager-helper", id)
            .put("path", reservations.managed() ? own : reservations.socket()));
  }

  /** Zeroes are unmapped only where unmapping is allowed. */
  static @Nullable String zeroes(Map<String, String> driver) {
    String mode = driver.get("detect_zeroes");
    return "unmap".equals(mode) && !"unmap".equals(driver.get("discard")) ? "on" : mode;
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
