package io.drover.definition.argv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.Props;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces what a person has not: descriptors, prepared devices, the master key. */
final class RunnableOptions {
  /** A secret is told by its name here; {@link #secret} makes a file of it. */
  static final SecretMaterial SECRETS =
      SecretMaterial.named(name -> new SecretMaterial.Sealed(name, ""));

  /** Options without a value that hold the guest or QEMU back until a driver comes. */
  private static final Set<String> HOLDING = Set.of("-S", "-no-shutdown");

  private static final Set<String> PREPARED = Set.of("tap", "bridge", "vhost-vdpa", "stream");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern TCP_DISPLAY = Pattern.compile("[^,]*:(\\d{1,5})(?:,.*)?");

  /** A display's port is 5900 and its number. */
  private static final int LAST_DISPLAY = 65_535 - 5900;

  private static final int MORE_DISPLAYS = 99;

  private final String folder;
  private final String masterKeyFile;
  private final List<String> notes = new ArrayList<>();

  RunnableOptions(String folder, String masterKeyFile) {
    this.folder = folder;
    this.masterKeyFile = masterKeyFile;
  }

  List<String> notes() {
    return notes;
  }

  List<String> replace(List<String> argv) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < argv.size(); i++) {
      String word = argv.get(i);
      String value = i + 1 < argv.size() ? argv.get(i + 1) : "";
      if (HOLDING.contains(word)) {
        continue;
      }
      if (word.equals("-object") && value.contains(quoted(masterKeyFile))) {
        i++;
        continue;
      }
      out.add(word);
      String replaced =
          switch (word) {
            case "-object" -> secret(value);
            case "-netdev" -> network(value);
            case "-vnc" -> display(value);
            case "-chardev" -> character(value);
            default -> value;
          };
      if (!replaced.equals(value)) {
        out.add(replaced);
        i++;
      }
    }
    return out;
  }

  private String secret(String value) {
    ObjectNode object = json(value);
    if (object == null || !object.path("qom-type").asText().equals("secret")) {
      return value;
    }
    String name = object.path("data").asText();
    if (!object.has("keyid")) {
      return value;
    }
    String file = folder + "/secret-" + UNSAFE.matcher(name).replaceAll("_");
    notes.add("The secret " + name + " must be in the file " + file + ", as it is.");
    object.remove(List.of("data", "keyid", "iv"));
    object.put("file", file).put("format", "raw");
    return object.toString();
  }

  private String network(String value) {
    ObjectNode backend = json(value);
    if (backend == null) {
      return value;
    }
    String type = backend.path("type").asText();
    boolean descriptor = backend.has("fd") || backend.has("fds");
    if (!PREPARED.contains(type) && !descriptor) {
      return value;
    }
    String id = backend.path("id").asText();
    notes.add("The network " + id + " is QEMU's own NAT in the place of a prepared " + type + ".");
    return new Props().put("type", "user").put("id", id).json();
  }

  /** The next port that is free, when the wanted one is not. */
  private static String display(String value) {
    Matcher display = TCP_DISPLAY.matcher(value);
    if (!display.matches()) {
      return value;
    }
    int last = Math.min(Integer.parseInt(display.group(1)) + MORE_DISPLAYS, LAST_DISPLAY);
    return value + ",to=" + last;
  }

  private String character(String value) {
    boolean client =
        value.startsWith("socket,") && value.contains(",path=") && !value.contains("server=on");
    if (client && !value.contains(",reconnect=")) {
      notes.add("Something has to listen before QEMU starts: " + value);
    }
    return value;
  }

  private static String quoted(String text) {
    return new Props().put("file", text).json().replaceAll("[{}]", "");
  }

  private static @Nullable ObjectNode json(String value) {
    if (!value.startsWith("{")) {
      return null;
    }
    try {
      return ContractJson.mapper().readValue(value, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The driver writes JSON: " + value, e);
    }
  }
}
