package io.drover.definition.argv.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host's end of a character device. The command line has its settings as {@code name=value},
 * QMP has them nested and with types.
 *
 * @param driver QEMU's name of its kind, such as socket
 * @param settings strings, numbers and booleans by the command line's names, in its order
 */
public record Chardev(String driver, String id, Map<String, @Nullable Object> settings)
    implements QemuOption {
  private static final List<String> SOCKET_SWITCHES = List.of("telnet", "reconnect", "tls-creds");

  public Chardev {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  public Chardev(String driver, String id, Props settings) {
    this(driver, id, settings.members());
  }

  /** The same that also writes what it carries to a file. */
  public Chardev logging(String file, @Nullable String append) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(settings);
    more.putAll(new Props().put("logfile", file).onOff("logappend", append).members());
    return new Chardev(driver, id, more);
  }

  @Override
  public String word() {
    return "-chardev";
  }

  @Override
  public String value() {
    StringBuilder text = new StringBuilder(driver).append(",id=").append(id);
    settings.forEach(
        (name, value) -> text.append(',').append(name).append('=').append(text(value)));
    return text.toString();
  }

  private static String text(@Nullable Object value) {
    return value instanceof Boolean on ? on ? "on" : "off" : TextOption.escape("" + value);
  }

  @Override
  public Optional<PlugCommand> add() {
    Props backend = new Props().put("type", driver).put("data", data());
    return Optional.of(
        new PlugCommand(
            "chardev-add", new Props().put("id", id).put("backend", backend).members()));
  }

  @Override
  public Optional<PlugCommand> remove() {
    return Optional.of(new PlugCommand("chardev-remove", Map.of("id", id)));
  }

  private Props data() {
    Props data =
        switch (driver) {
          case "socket" -> socket();
          case "udp" -> udp();
          case "file" -> copy(new Props().put("out", settings.get("path")), "append");
          case "pipe", "serial", "parallel" -> new Props().put("device", settings.get("path"));
          case "spicevmc" -> new Props().put("type", settings.get("name"));
          case "spiceport" -> new Props().put("fqdn", settings.get("name"));
          case "dbus" -> copy(new Props(), "name");
          case "qemu-vdagent" -> copy(copy(new Props(), "clipboard"), "mouse");
          default -> new Props();
        };
    return copy(copy(data, "logfile"), "logappend");
  }

  private Props copy(Props data, String name) {
    return data.put(name, settings.get(name));
  }

  /** What the command line takes for granted, QMP does not: that it is no server, but waits. */
  private Props socket() {
    boolean server = Boolean.TRUE.equals(settings.get("server"));
    Object path = settings.get("path");
    Props address =
        path == null
            ? inet(settings.get("host"), settings.get("port"))
            : new Props().put("type", "unix").put("data", new Props().put("path", path));
    Props data = new Props().put("addr", address).put("server", server);
    if (server) {
      data.put("wait", !Boolean.FALSE.equals(settings.get("wait")));
    }
    SOCKET_SWITCHES.forEach(name -> copy(data, name));
    return data;
  }

  private Props udp() {
    Object host = "".equals(settings.get("host")) ? "localhost" : settings.get("host");
    return new Props()
        .put("remote", inet(host, settings.get("port")))
        .put("local", inet(settings.get("localaddr"), settings.get("localport")));
  }

  private static Props inet(@Nullable Object host, @Nullable Object port) {
    Props data = new Props().put("host", host).put("port", port);
    return new Props().put("type", "inet").put("data", data);
  }
}
