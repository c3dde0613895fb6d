package io.drover.definition.argv.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An object in QEMU's JSON syntax; members keep their order, null ones are left out. */
public final class Props {
  private final Map<String, Object> members = new LinkedHashMap<>();

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
      members.put(name, value);
    }
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

  @Nullable Object member(String name) {
    return members.get(name);
  }

  /** Lends each member to {@code user}, in their order. */
  public void each(BiConsumer<String, Object> user) {
    members.forEach(user);
  }

  Props without(String name) {
    members.remove(name);
    return this;
  }

  public String json() {
    StringBuilder out = new StringBuilder(128);
    write(members, out);
    return out.toString();
  }

  private static void write(Map<String, Object> members, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> member : members.entrySet()) {
      out.append(separator);
      quote(member.getKey(), out);
      out.append(':');
      value(member.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void value(Object value, StringBuilder out) {
    if (value instanceof Props nested) {
      write(nested.members, out);
    } else if (value instanceof List<?> list) {
      out.append('[');
      String separator = "";
      for (Object item : list) {
        out.append(separator);
        value(item, out);
        separator = ",";
      }
      out.append(']');
    } else if (value instanceof String text) {
      quote(text, out);
    } else if (value == Null.NULL) {
      out.append("null");
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** JSON's null, which says that there is nothing where leaving out says nothing. */
  public enum Null {
    NULL
  }
}
