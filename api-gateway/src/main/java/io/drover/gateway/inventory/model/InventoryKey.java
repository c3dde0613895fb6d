package io.drover.gateway.inventory.model;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** One thing of the inventory; as text it is the key of its records, as in {@code domain/<id>}. */
public record InventoryKey(InventoryKind kind, UUID id) {
  private static final int BESIDE = 8;

  /** The key of a record; empty for one that is no thing of the inventory. */
  public static Optional<InventoryKey> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InventoryKey(
              InventoryKind.valueOf(text.substring(0, slash).toUpperCase(Locale.ROOT)),
              UUID.fromString(text.substring(slash + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The name of a thing whose own name another has by now.
   *
   * @param longest how many characters a name may have
   */
  public String nameBeside(String name, int longest) {
    String kept = name.substring(0, Math.min(name.length(), longest - BESIDE - 1));
    return kept + "-" + id.toString().substring(0, BESIDE);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + id;
  }
}
