package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The host's ends of character devices. */
final class CharacterBackends {
  private CharacterBackends() {}

  /** A character device's backend, after the certificates that it needs. */
  static List<QemuOption> of(ArgvContext placed, CharacterDevice device, String id) {
    CharacterSource source = device.source();
    boolean port =
        device.element().equals("parallel")
            && source instanceof CharacterSource.HostPath path
            && path.kind().equals("dev");
    Chardev chardev =
        port && source instanceof CharacterSource.HostPath path
            ? path("parallel", id, path)
            : chardev(placed, source, id, "vdagent", socketName(device));
    CharacterDevice.Log log = device.log();
    return with(
        credentials(placed, source, id),
        log == null ? chardev : chardev.logging(log.file(), log.append()));
  }

  /**
   * The backend of another device, after the certificates that it needs.
   *
   * @param agent what SPICE calls the device's own channel
   * @param socketName the file name of a socket that the driver places
   */
  static List<QemuOption> of(
      ArgvContext placed, CharacterSource source, String id, String agent, String socketName) {
    return with(credentials(placed, source, id), chardev(placed, source, id, agent, socketName));
  }

  private static List<QemuOption> with(@Nullable JsonOption credentials, Chardev chardev) {
    return Stream.<@Nullable QemuOption>of(credentials, chardev)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** TLS is asked for by the definition; plain text in its place would be heard by others. */
  private static @Nullable JsonOption credentials(
      ArgvContext placed, CharacterSource source, String id) {
    if (!(source instanceof CharacterSource.Tcp tcp) || !"yes".equals(tcp.tls())) {
      return null;
    }
    return JsonOption.object(
        Props.object("tls-creds-x509", credentialsId(id))
            .put("dir", placed.layout().bindings().characterTls())
            .put("endpoint", listens(tcp.mode()) ? "server" : "client")
            .put("verify-peer", true));
  }

  private static String credentialsId(String id) {
    return "obj" + id + "_tls0";
  }

  private static Chardev chardev(
      ArgvContext placed, CharacterSource source, String id, String agent, String socketName) {
    if (source instanceof CharacterSource.Simple simple) {
      return new Chardev(simple.kind(), id, new Props());
    }
    if (source instanceof CharacterSource.Unix unix) {
      String path =
          unix.path() == null ? placed.layout().channelFolder() + "/" + socketName : unix.path();
      return unix(id, path, unix.mode(), unix.reconnectSeconds());
    }
    if (source instanceof CharacterSource.Tcp tcp) {
      return tcp(id, tcp);
    }
    if (source instanceof CharacterSource.Udp udp) {
      return udp(id, udp);
    }
    if (source instanceof CharacterSource.HostPath path) {
      return path(path.kind().equals("dev") ? "serial" : path.kind(), id, path);
    }
    if (source instanceof CharacterSource.VdAgent own) {
      return agent(id, own);
    }
    if (source instanceof CharacterSource.Dbus dbus) {
      return new Chardev("dbus", id, new Props().put("name", text(dbus.channel())));
    }
    String channel = ((CharacterSource.Spice) source).channel();
    return channel == null
        ? new Chardev("spicevmc", id, new Props().put("name", agent))
        : new Chardev("spiceport", id, new Props().put("name", channel));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Chardev path(String driver, String id, CharacterSource.HostPath path) {
    Props settings = new Props().put("path", path.path()).onOff("append", path.append());
    return new Chardev(driver, id, settings);
  }

  private static Chardev agent(String id, CharacterSource.VdAgent agent) {
    String mouse = agent.mouse();
    return new Chardev(
        "qemu-vdagent",
        id,
        new Props()
            .put("name", "vdagent")
            .put("clipboard", agent.clipboard())
            .put("mouse", mouse == null ? null : (Boolean) mouse.equals("client")));
  }

  /** A file name of the channel: its own name where that is a plain one, else its alias. */
  private static String socketName(CharacterDevice device) {
    String name = device.targetName();
    boolean plain = name != null && name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,60}");
    return plain && name != null ? name : ArgvContext.alias(device);
  }

  static Chardev unix(String id, String path, @Nullable String mode, @Nullable Integer reconnect) {
    return new Chardev("socket", id, ends(new Props().put("path", path), mode, reconnect));
  }

  private static Props ends(Props socket, @Nullable String mode, @Nullable Integer reconnect) {
    return listens(mode)
        ? socket.put("server", true).put("wait", false)
        : socket.put("reconnect", reconnect);
  }

  private static boolean listens(@Nullable String mode) {
    return "bind".equals(mode) || "server".equals(mode);
  }

  private static Chardev tcp(String id, CharacterSource.Tcp tcp) {
    Props socket =
        new Props()
            .put("host", text(tcp.host()))
            .put("port", text(tcp.service()))
            .put("telnet", "telnet".equals(tcp.protocol()) ? (Boolean) true : null);
    ends(socket, tcp.mode(), tcp.reconnectSeconds())
        .put("tls-creds", "yes".equals(tcp.tls()) ? credentialsId(id) : null);
    return new Chardev("socket", id, socket);
  }

  private static Chardev udp(String id, CharacterSource.Udp udp) {
    return new Chardev(
        "udp",
        id,
        new Props()
            .put("host", text(udp.host()))
            .put("port", text(udp.service()))
            .put("localaddr", text(udp.bindHost()))
            .put("localport", udp.bindService() == null ? "0" : udp.bindService()));
  }
}
