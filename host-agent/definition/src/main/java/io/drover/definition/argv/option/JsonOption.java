package io.drover.definition.argv.option;

import io.drover.contracts.definition.QemuExtras.DeviceOverride;
import io.drover.contracts.definition.QemuExtras.Property;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An option whose value is a JSON object. QMP takes the same members with the same types.
 *
 * @param members strings, numbers, booleans, and lists and maps of these; null is JSON's
 */
public record JsonOption(Kind kind, Map<String, @Nullable Object> members) implements QemuOption {
  public JsonOption {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** What an option adds, with QMP's commands that add and remove the same. */
  public enum Kind {
    OBJECT("-object", "object-add", "object-del", "id"),
    BLOCKDEV("-blockdev", "blockdev-add", "blockdev-del", "node-name"),
    NETDEV("-netdev", "netdev_add", "netdev_del", "id"),
    DEVICE("-device", "device_add", "device_del", "id"),
    AUDIODEV("-audiodev", null, null, "id"),
    COMPAT("-compat", null, null, "");

    private final String word;
    private final @Nullable String add;
    private final @Nullable String remove;
    private final String key;

    Kind(String word, @Nullable String add, @Nullable String remove, String key) {
      this.word = word;
      this.add = add;
      this.remove = remove;
      this.key = key;
    }
  }

  /** An object, such as a secret or memory. */
  public static JsonOption object(Props object) {
    return new JsonOption(Kind.OBJECT, object.members());
  }

  /** A node of the block layer. */
  public static JsonOption blockdev(Props node) {
    return new JsonOption(Kind.BLOCKDEV, node.members());
  }

  /** What a network card is connected to. */
  public static JsonOption netdev(Props backend) {
    return new JsonOption(Kind.NETDEV, backend.members());
  }

  /** What the guest sees. */
  public static JsonOption device(Props device) {
    return new JsonOption(Kind.DEVICE, device.members());
  }

  /** The name that others refer to it by; empty when it has none. */
  public String id() {
    return members.get(kind.key) instanceof String id ? id : "";
  }

  @Override
  public String word() {
    return kind.word;
  }

  @Override
  public String value() {
    return JsonText.of(members);
  }

  @Override
  public Optional<PlugCommand> add() {
    return Optional.ofNullable(kind.add).map(command -> new PlugCommand(command, members));
  }

  @Override
  public Optional<PlugCommand> remove() {
    return id().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(kind.remove)
            .map(command -> new PlugCommand(command, Map.of(kind.key, id())));
  }

  /** The device with what the definition's overrides make of it; other options stay. */
  JsonOption overridden(List<DeviceOverride> overrides) {
    if (kind != Kind.DEVICE || overrides.isEmpty()) {
      return this;
    }
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
    for (DeviceOverride override : overrides) {
      if (override.alias().equals(id())) {
        override.properties().forEach(property -> change(changed, property));
      }
    }
    return new JsonOption(kind, changed);
  }

  private static void change(Map<String, @Nullable Object> members, Property property) {
    members.remove(property.name());
    if (!property.type().equals("remove")) {
      members.put(property.name(), property.typed());
    }
  }
}
