package io.drover.definition.argv.option;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps, lists, strings, numbers, booleans and nulls as JSON, in one line without blanks. */
final class JsonText {
  private JsonText() {}

  static String of(Map<?, ?> members) {
    StringBuilder out = new StringBuilder(128);
    object(members, out);
    return out.toString();
  }

  private static void object(Map<?, ?> members, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(separator);
      quote(String.valueOf(member.getKey()), out);
      out.append(':');
      value(member.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void value(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> nested) {
      object(nested, out);
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
    } else {
      out.append(value); // a number, a boolean or null
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
}
