package io.drover.definition.argv.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of an object of QEMU's; they keep their order, null ones are left out. One
 * method makes one and turns it into a value by {@link #members}.
 */
public final class Props {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** A device of this driver. */
  public static Props device(String driver) {
    return new Props().put("driver", driver);
  }

  public static Props object(String type, String id) {
    return new Props().put("qom-type", type).put("id", id);
  }

  /** Adds a string, number, boolean, list or other object. */
  public Props put(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, frozen(value));
    }
    return this;
  }

  /** Adds JSON's null, which says that there is nothing where leaving out says nothing. */
  public Props nothing(String name) {
    members.put(name, null);
    return this;
  }

  /** Adds a boolean that libvirt's XML writes as on or off. */
  public Props onOff(String name, @Nullable String state) {
    return state == null ? this : put(name, state.equals("on"));
  }

  /** Adds a number that is kept as text. */
  public Props number(String name, @Nullable String value) {
    return value == null ? this : put(name, Long.valueOf(value));
  }

  /**
   * What was collected, as a value: strings, numbers, booleans, and lists and maps of these. Nulls
   * are JSON's.
   */
  public Map<String, @Nullable Object> members() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The object in JSON. */
  public String json() {
    return JsonText.of(members);
  }

  private static Object frozen(Object value) {
    if (value instanceof Props nested) {
      return nested.members();
    }
    return value instanceof List<?> list ? list.stream().map(Props::frozen).toList() : value;
  }
}
