package io.drover.definition.fromargv.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an option says, in JSON or as {@code key=value}: members of objects in one level, named as
 * in {@code server.0.host}. What nobody takes is left, and told.
 */
public final class Values {
  private static final Set<String> OLD_SWITCHES = Set.of("noserver", "nowait", "nodelay");

  private final Map<String, List<String>> members;
  private final String prefix;
  private final String option;

  private Values(Map<String, List<String>> members, String prefix, String option) {
    this.members = members;
    this.prefix = prefix;
    this.option = option;
  }

  /** The same members, of an option that is named where one of them cannot be read. */
  public Values of(NativeOption named) {
    return new Values(members, prefix, named.shown());
  }

  /** The same members to begin with, to take from without taking from here. */
  public Values copy() {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    members.forEach((key, values) -> copy.put(key, new ArrayList<>(values)));
    return new Values(copy, prefix, option);
  }

  /**
   * Reads an option's value.
   *
   * @param implied the key of a first word that has none
   */
  public static Values of(String text, String implied) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    if (text.stripLeading().startsWith("{")) {
      json(text, members);
    } else {
      keys(text, implied, members);
    }
    return new Values(members, "", "");
  }

  /** A text as the one value of the empty key, whatever commas it has. */
  public static Values whole(String text) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    members.put("", new ArrayList<>(List.of(text)));
    return new Values(members, "", "");
  }

  private static void json(String text, Map<String, List<String>> members) {
    try {
      flatten("", ContractJson.mapper().readTree(text), members);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "Not a JSON object: " + ArgvRefusal.shortened(text), e);
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, List<String>> members) {
    String dot = path.isEmpty() ? "" : path + ".";
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(each -> flatten(dot + each.getKey(), each.getValue(), members));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(dot + i, node.get(i), members);
      }
    } else {
      String value = node.isBoolean() ? (node.booleanValue() ? "on" : "off") : node.asText();
      members.computeIfAbsent(path, key -> new ArrayList<>()).add(value);
    }
  }

  private static void keys(String text, String implied, Map<String, List<String>> members) {
    List<String> parts = parts(text);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "on" : part.substring(equals + 1);
      if (equals < 0 && i == 0 && !implied.isEmpty()) {
        key = implied;
        value = part;
      } else if (equals < 0 && OLD_SWITCHES.contains(part)) {
        key = part.substring("no".length());
        value = "off";
      }
      if (!part.isEmpty()) {
        members.computeIfAbsent(key, each -> new ArrayList<>()).add(value);
      }
    }
  }

  /** Parts between commas; a doubled comma is one of the part. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ',') {
        part.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == ',') {
        part.append(c);
        i++;
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** The value, which stays. */
  public @Nullable String peek(String key) {
    List<String> found = members.get(prefix + key);
    return found == null || found.isEmpty() ? null : found.get(found.size() - 1);
  }

  public boolean has(String key) {
    return members.containsKey(prefix + key);
  }

  /** Whether the value is this one; it stays. */
  public boolean is(String key, String value) {
    return value.equals(peek(key));
  }

  /** The value, which is taken; null for none. */
  public @Nullable String take(String key) {
    String found = peek(key);
    members.remove(prefix + key);
    return found;
  }

  public String take(String key, String otherwise) {
    String found = take(key);
    return found == null ? otherwise : found;
  }

  /** Puts a value back that nobody can read, so that it is told. */
  public void keep(String key, String value) {
    members.put(prefix + key, new ArrayList<>(List.of(value)));
  }

  /** All values of a key that may stand several times. */
  public List<String> takeAll(String key) {
    List<String> found = members.remove(prefix + key);
    return found == null ? List.of() : found;
  }

  /** A switch as libvirt's XML writes it; null for none. */
  public @Nullable String takeOnOff(String key) {
    return takeSwitch(key, "on", "off");
  }

  /** A switch; what is none stays and is told, and {@code auto} is what there is without. */
  private @Nullable String takeSwitch(String key, String on, String off) {
    String found = peek(key);
    if (found != null && found.equals("auto")) {
      take(key);
      return null;
    }
    if (found == null || !found.matches("on|off|yes|no|true|false|1|0")) {
      return null;
    }
    take(key);
    return on(found) ? on : off;
  }

  public @Nullable String takeYesNo(String key) {
    return takeSwitch(key, "yes", "no");
  }

  public boolean takeOn(String key) {
    return "on".equals(takeSwitch(key, "on", "off"));
  }

  private static boolean on(String value) {
    return value.equals("on") || value.equals("yes") || value.equals("true") || value.equals("1");
  }

  /** A number, decimal or hexadecimal; null for none. */
  public @Nullable Long takeNumber(String key) {
    String found = take(key);
    if (found == null) {
      return null;
    }
    try {
      return Long.decode(found);
    } catch (NumberFormatException e) {
      ProblemException problem = unreadable(key, found, "a number");
      problem.initCause(e);
      throw problem;
    }
  }

  private ProblemException unreadable(String key, String value, String what) {
    String at = option.isEmpty() ? "" : ArgvRefusal.shortened(option) + ": ";
    return ArgvRefusal.of(
        at + "'" + ArgvRefusal.shortened(value) + "' of " + key + " is not " + what + ".");
  }

  public static long number(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "'" + ArgvRefusal.shortened(text) + "' is not a number.", e);
    }
  }

  /** A size, which is in bytes without a letter, in KiB; null for none. */
  public @Nullable Long takeKib(String key) {
    return takeKib(key, 'B');
  }

  /**
   * A size in KiB; null for none.
   *
   * @param unit of one without a letter, as in {@link QemuSize}
   */
  public @Nullable Long takeKib(String key, char unit) {
    Long bytes = takeSize(key, unit);
    return bytes == null ? null : (Long) (bytes >> 10);
  }

  /** A size in bytes; null for none. */
  public @Nullable Long takeSize(String key) {
    return takeSize(key, 'B');
  }

  private @Nullable Long takeSize(String key, char unit) {
    String found = take(key);
    if (found == null) {
      return null;
    }
    return QemuSize.bytes(found, unit)
        .orElseThrow(() -> unreadable(key, found, "a size, as 512M, 1.5G or a number of bytes"));
  }

  /** All values of a key that may stand several times; they stay. */
  public List<String> peekAll(String key) {
    return members.getOrDefault(prefix + key, List.of());
  }

  /** The members of an object inside; what is taken there is taken here. */
  public Values inside(String key) {
    return new Values(members, prefix + key + ".", option);
  }

  /** Whether there is an object of this name inside. */
  public boolean hasInside(String key) {
    return members.keySet().stream().anyMatch(each -> each.startsWith(prefix + key + "."));
  }

  /** The keys that nobody has taken. */
  public List<String> left() {
    return members.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  /** Takes the key of a switch that has been read. */
  public void takeLeft(String key) {
    members.remove(prefix + key);
  }

  /** What is left of the members inside, named without the way to them. */
  public Map<String, String> takeLeftInside() {
    Map<String, String> inside = new LinkedHashMap<>();
    takeLeft().forEach((key, value) -> inside.put(key.substring(prefix.length()), value));
    return inside;
  }

  /** What is left, with its values. */
  public Map<String, String> takeLeft() {
    Map<String, String> left = new LinkedHashMap<>();
    for (String key : left()) {
      left.put(key, String.join(",", members.getOrDefault(key, List.of())));
    }
    members.keySet().removeAll(left.keySet());
    return left;
  }
}
