package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The disks of a machine, their nodes, and the devices that can be plugged. */
public final class BlockDevices {
  private static final String PERIPHERAL = "/machine/peripheral";

  private BlockDevices() {}

  /**
   * A node that a disk uses.
   *
   * @param device the id of the disk's device, or its place in QEMU's tree of objects
   * @param node its name; empty for a drive without a medium
   * @param sizeBytes as the guest sees it; 0 for a drive without a medium
   */
  public record Used(String device, String node, long sizeBytes) {}

  /** What {@code query-block} says of the disk with this alias. */
  public static QmpCommand<Optional<Used>> usedBy(String alias) {
    return new QmpCommand<>(
        "query-block", Map.of(), reply -> find(reply, alias), TimeoutClass.STORAGE);
  }

  private static Optional<Used> find(JsonNode reply, String alias) {
    for (JsonNode device : reply) {
      String id = device.path("qdev").asText();
      if (id.equals(alias) || id.startsWith(PERIPHERAL + "/" + alias + "/")) {
        JsonNode inserted = device.path("inserted");
        return Optional.of(
            new Used(
                id,
                inserted.path("node-name").asText(),
                inserted.path("image").path("virtual-size").asLong()));
      }
    }
    return Optional.empty();
  }

  /** The nodes that devices use, also those that are being removed. */
  public static QmpCommand<Set<String>> used() {
    return new QmpCommand<>(
        "query-block",
        Map.of(),
        reply -> {
          Set<String> nodes = new TreeSet<>();
          reply.forEach(device -> nodes.add(device.path("inserted").path("node-name").asText()));
          return nodes;
        },
        TimeoutClass.STORAGE);
  }

  /** The names of all nodes with the size of what they hold. */
  public static QmpCommand<Map<String, Long>> nodes() {
    return new QmpCommand<>(
        "query-named-block-nodes",
        Map.of("flat", true),
        reply -> {
          Map<String, Long> sizes = new HashMap<>();
          reply.forEach(
              node ->
                  sizes.put(
                      node.path("node-name").asText(),
                      node.path("image").path("virtual-size").asLong()));
          return sizes;
        },
        TimeoutClass.STORAGE);
  }

  /** The ids of the devices that are plugged. */
  public static QmpCommand<Set<String>> plugged() {
    return children(PERIPHERAL);
  }

  /** The ids of objects, as those that hold secrets. */
  public static QmpCommand<Set<String>> objects() {
    return children("/objects");
  }

  private static QmpCommand<Set<String>> children(String path) {
    return new QmpCommand<>(
        "qom-list",
        Map.of("path", path),
        reply -> {
          Set<String> names = new TreeSet<>();
          for (JsonNode child : reply) {
            if (child.path("type").asText().startsWith("child<")) {
              names.add(child.path("name").asText());
            }
          }
          return names;
        },
        TimeoutClass.QUERY);
  }

  /** Sets the size of an image that a guest may be using; the guest hears of it. */
  public static QmpCommand<QmpCommand.EmptyReply> resize(String node, long sizeBytes) {
    return storage("block_resize", Map.of("node-name", node, "size", sizeBytes));
  }

  /**
   * Opens an image.
   *
   * @param options of {@code blockdev-add}
   */
  public static QmpCommand<QmpCommand.EmptyReply> add(Map<String, ?> options) {
    return storage("blockdev-add", options);
  }

  /** Closes an image that nothing uses. */
  public static QmpCommand<QmpCommand.EmptyReply> remove(String node) {
    return storage("blockdev-del", Map.of("node-name", node));
  }

  /**
   * Plugs a device.
   *
   * @param options of {@code device_add}
   */
  public static QmpCommand<QmpCommand.EmptyReply> plug(Map<String, ?> options) {
    return QmpCommand.change("device_add", options);
  }

  /** Asks for a device's end, which {@code DEVICE_DELETED} tells. */
  public static QmpCommand<QmpCommand.EmptyReply> unplug(String id) {
    return QmpCommand.change("device_del", Map.of("id", id));
  }

  /**
   * Makes an object.
   *
   * @param options of {@code object-add}
   */
  public static QmpCommand<QmpCommand.EmptyReply> addObject(Map<String, ?> options) {
    return QmpCommand.change("object-add", options);
  }

  public static QmpCommand<QmpCommand.EmptyReply> removeObject(String id) {
    return QmpCommand.change("object-del", Map.of("id", id));
  }

  static QmpCommand<QmpCommand.EmptyReply> storage(String name, Map<String, ?> arguments) {
    return new QmpCommand<>(
        name, arguments, reply -> QmpCommand.EmptyReply.DONE, TimeoutClass.STORAGE);
  }
}
