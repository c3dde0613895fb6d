package io.drover.driver.internal.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces what a command line names on its host, by rules that know the kinds of options and no
 * single case: files, folders, sockets, host devices, huge pages, host NUMA nodes, KVM.
 */
final class HostReplacement {
  private static final Set<String> LOCAL = Set.of("file", "host_device", "host_cdrom");

  /** What only servers and controllers of the host have. */
  private static final Set<String> REMOTE =
      Set.of(
          "nbd", "rbd", "iscsi", "http", "https", "ftp", "ftps", "ssh", "nfs", "gluster", "nvme");

  /** A value up to its comma; a comma of its own is doubled. */
  private static final String TEXT = "(?:[^,]|,,)*";

  private static final int SERVED_BY_QEMU = 256;

  private static final Set<String> FILE_OPTIONS =
      Set.of("-initrd", "-dtb", "-bios", "-fda", "-fdb");

  private final HostStubs standIns;
  private final Map<String, String> formats = new HashMap<>();

  HostReplacement(HostStubs standIns) {
    this.standIns = standIns;
  }

  List<String> replace(List<String> argv) throws IOException {
    learnFormats(argv);
    learnFormats(argv); // what is below a slice is known once the slice's own format is
    boolean tpm = argv.stream().anyMatch(word -> word.startsWith("passthrough,id=tpm-"));
    List<String> replaced = new ArrayList<>();
    for (int i = 0; i < argv.size(); i++) {
      String option = i == 0 ? "" : argv.get(i - 1);
      boolean valued = i + 1 < argv.size() && argv.get(i).startsWith("-");
      if (valued && left(argv.get(i), argv.get(i + 1), tpm)) {
        i++;
      } else {
        replaced.add(value(option, argv.get(i)));
      }
    }
    return replaced;
  }

  private static boolean left(String option, String value, boolean hostTpm) {
    return HostHardware.needs(option, value) || hostTpm && value.contains("\"tpmdev\":");
  }

  private void learnFormats(List<String> argv) throws IOException {
    for (int i = 1; i < argv.size(); i++) {
      if (argv.get(i - 1).equals("-blockdev")) {
        learnFormat(json(argv.get(i)));
      }
    }
  }

  private void learnFormat(ObjectNode node) {
    JsonNode below = node.path("file");
    boolean encrypted = node.has("encrypt") || node.path("driver").asText().equals("luks");
    if (below.isTextual() && !node.path("driver").asText().equals("copy-on-read")) {
      String format = node.path("driver").asText();
      formats.put(below.asText(), format + (encrypted ? "+" : ""));
      if (format.equals("raw") && formats.containsKey(node.path("node-name").asText())) {
        formats.put(below.asText(), formats.get(node.path("node-name").asText()));
      }
    }
  }

  private String value(String option, String word) throws IOException {
    if (FILE_OPTIONS.contains(option)) {
      return standIns.file(word);
    }
    return switch (option) {
      case "-kernel" -> standIns.kernel();
      case "-accel" -> word.replaceFirst("^kvm(,dirty-ring-size=\\d+)?", "tcg");
      case "-machine" ->
          word.replaceFirst(",accel=kvm", ",accel=tcg")
              .replaceFirst(",confidential-guest-support=[^,]*", "");
      case "-overcommit" -> word.replace("mem-lock=on", "mem-lock=off");
      case "-cpu" -> word.replaceFirst("^host", "max");
      case "-blockdev" -> block(json(word));
      case "-object" -> object(json(word));
      case "-chardev" -> character(word);
      case "-netdev" -> network(word);
      case "-fsdev" -> word.replaceFirst("path=" + TEXT, "path=" + standIns.emptyFolder());
      case "-fw_cfg", "-smbios", "-acpitable" -> attached(word);
      case "-device" -> word.startsWith("{") ? device(json(word)) : word;
      case "-vnc" -> display(word);
      case "-audiodev" -> audio(json(word));
      case "-display" -> word.replaceFirst("^dbus.*", "none");
      case "-spice" -> word.replaceAll(",(tls-|x509-)[^,]*", "").replaceAll("port=\\d+", "port=0");
      default -> word;
    };
  }

  private String attached(String word) throws IOException {
    return word.contains(",file=")
        ? word.replaceFirst(",file=" + TEXT, ",file=" + standIns.table())
        : word;
  }

  /** Nobody serves a card through vhost-user here, so QEMU does. */
  private static String network(String word) throws IOException {
    if (!word.startsWith("{\"type\":\"vhost-user\"")) {
      return word;
    }
    return json(word).put("type", "user").retain("type", "id").toString();
  }

  /** A socket of its own, and IPv4, which every machine has. */
  private String display(String word) {
    return word.replaceFirst("unix:" + TEXT, "unix:" + standIns.next())
        .replaceFirst("\\[[^]]*]:", "127.0.0.1:");
  }

  /** A sound card of this machine needs one. */
  private static String audio(ObjectNode audio) {
    if (audio.path("driver").asText().equals("oss")) {
      audio.put("driver", "none");
      audio.retain("driver", "id");
    }
    return audio.toString();
  }

  private String device(ObjectNode device) throws IOException {
    if (device.path("driver").asText().endsWith("-gl")) {
      device.put("driver", device.path("driver").asText().replaceFirst("-gl$", ""));
    }
    device.remove("scsi"); // of devices that are passed through
    if (device.path("tx_queue_size").asInt() > SERVED_BY_QEMU) {
      device.remove("tx_queue_size"); // newer QEMU allows more to vhost-user alone
    }
    String rom = device.path("romfile").asText();
    if (rom.startsWith("/")) {
      device.put("romfile", standIns.zeros());
    }
    return device.toString();
  }

  private String block(ObjectNode node) throws IOException {
    String driver = node.path("driver").asText();
    String name = node.path("node-name").asText();
    String path = node.path("filename").asText();
    if (REMOTE.contains(driver)) {
      path = node.toString();
      driver = "file";
      node.retain("node-name", "auto-read-only", "discard", "cache");
    }
    node.remove(List.of("pr-manager", "offset", "size")); // the image begins where its file does
    if (driver.equals("vvfat")) {
      node.put("dir", standIns.emptyFolder());
    } else if (LOCAL.contains(driver) && name.contains("pflash")) {
      node.put("filename", standIns.flash(path));
    } else if (LOCAL.contains(driver)) {
      String format = formats.getOrDefault(name, "raw");
      boolean encrypted = format.endsWith("+");
      node.put("driver", "file");
      node.put("filename", standIns.image(path, format.replace("+", ""), encrypted));
    }
    return node.toString();
  }

  private String object(ObjectNode object) throws IOException {
    String type = object.path("qom-type").asText();
    object.remove(List.of("host-nodes", "policy", "hugetlb", "hugetlbsize"));
    if (type.startsWith("memory-backend-")) {
      object.remove(List.of("prealloc", "prealloc-threads", "prealloc-context")); // costs seconds
    }
    switch (type) {
      case "secret" -> standIns.secret(object.path("file").asText());
      case "memory-backend-file" -> object.put("mem-path", standIns.next().toString());
      case "thread-context" -> object.remove(List.of("node-affinity", "cpu-affinity"));
      case "tls-creds-x509" -> object.put("dir", standIns.emptyFolder());
      default -> {
        // is nothing of the host
      }
    }
    return object.toString();
  }

  /** Clients get somebody who listens, devices become pseudo terminals, files are made here. */
  private String character(String word) throws IOException {
    String backend = word.substring(0, word.indexOf(','));
    boolean server = word.contains("server=on");
    String logged =
        word.replaceFirst("logfile=" + TEXT, "logfile=" + standIns.next())
            .replaceFirst(",tls-creds=[^,]*", "");
    if (server && !word.contains("wait=off")) {
      return word.replaceFirst("^socket,(id=[^,]*).*", "null,$1"); // QEMU would wait for a client
    }
    return switch (backend) {
      case "udp" ->
          logged
              .replaceFirst(",host=" + TEXT, ",host=127.0.0.1")
              .replaceFirst("localport=\\d+", "localport=0");
      case "socket" -> server ? made(logged) : client(logged);
      case "serial", "parallel", "tty" ->
          logged.replaceFirst("^[a-z]+", "pty").replaceFirst(",path=" + TEXT, "");
      case "file", "pipe" -> logged.replaceFirst("path=" + TEXT, "path=" + standIns.next());
      case "dbus" -> logged.replaceFirst("^dbus", "null").replaceFirst(",name=" + TEXT, "");
      default -> logged;
    };
  }

  private String made(String word) {
    if (word.contains("/monitor.sock")) {
      return word;
    }
    return word.replaceFirst("path=[^,]*", "path=" + standIns.next())
        .replaceFirst("port=\\d+", "port=0");
  }

  private String client(String word) throws IOException {
    if (word.contains("swtpm.sock")) {
      return word;
    }
    return word.contains(",path=")
        ? word.replaceFirst("path=[^,]*", "path=" + standIns.listeningSocket())
        : word.replaceFirst("host=[^,]*", "host=127.0.0.1")
            .replaceFirst("port=[^,]*", "port=" + standIns.listeningPort());
  }

  private static ObjectNode json(String value) throws IOException {
    return ContractJson.mapper().readValue(value, ObjectNode.class);
  }
}
