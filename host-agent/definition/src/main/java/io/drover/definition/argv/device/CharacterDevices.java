package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serial and parallel ports, channels, consoles, and QEMU's own monitor. */
public final class CharacterDevices {
  private CharacterDevices() {}

  public static void monitor(ArgvContext placed, Arguments out) {
    out.option(
        "-chardev",
        "socket,id=charmonitor,path="
            + Arguments.escape(placed.layout().monitorSocket())
            + ",server=on,wait=off");
    out.option("-mon", "chardev=charmonitor,id=monitor,mode=control");
  }

  public static void add(ArgvContext placed, Arguments out) {
    for (String element : List.of("serial", "parallel", "channel", "console")) {
      for (CharacterDevice device : placed.characters(element)) {
        boolean mirror = element.equals("console") && "serial".equals(device.targetType());
        if (!mirror) {
          add(placed, device, out);
        }
      }
    }
  }

  private static void add(ArgvContext placed, CharacterDevice device, Arguments out) {
    String alias = ArgvContext.alias(device);
    out.option("-chardev", backend(placed, device, "char" + alias, out));
    CharacterDevice.Forward forward = device.forward();
    if (forward != null) {
      String rule = "tcp:" + forward.address() + ":" + forward.port() + "-chardev:char" + alias;
      out.option(
          "-netdev",
          new Props()
              .put("type", "user")
              .put("guestfwd", List.of(new Props().put("str", rule)))
              .put("id", alias));
      return;
    }
    out.device(device(placed, device, alias));
  }

  private static Props device(ArgvContext placed, CharacterDevice device, String alias) {
    return switch (device.element()) {
      case "parallel" ->
          Props.device("isa-parallel").put("chardev", "char" + alias).put("id", alias);
      case "channel" -> virtio(placed, device, alias, "virtserialport");
      case "console" -> virtio(placed, device, alias, "virtconsole");
      default -> serial(placed, device, alias);
    };
  }

  private static Props serial(ArgvContext placed, CharacterDevice device, String alias) {
    String model = device.targetModel() == null ? "isa-serial" : device.targetModel();
    Props props = Props.device(model);
    props.put("chardev", "char" + alias).put("id", alias);
    if (model.equals("isa-serial")) {
      props.put("index", device.port());
    }
    return isaAddress(placed.at(props, device), device);
  }

  private static Props isaAddress(Props props, CharacterDevice device) {
    if (device.info().address() instanceof Address.Isa isa) {
      props.put("iobase", isa.iobase() == null ? (Integer) 0 : isa.iobase()).put("irq", isa.irq());
    }
    return props;
  }

  private static Props virtio(
      ArgvContext placed, CharacterDevice device, String alias, String driver) {
    Props props = Props.device(driver);
    if (device.info().address() instanceof Address.VirtioSerial at) {
      props
          .put("bus", placed.controllerAlias("virtio-serial", at.controller()) + "." + at.bus())
          .put("nr", at.port());
    }
    props.put("chardev", "char" + alias).put("id", alias);
    boolean agent =
        device.source() instanceof CharacterSource.Spice spice && spice.channel() == null;
    return props.put(
        "name",
        driver.equals("virtconsole")
            ? null
            : device.targetName() == null && agent ? "com.redhat.spice.0" : device.targetName());
  }

  static String backend(ArgvContext placed, CharacterDevice device, String id, Arguments out) {
    CharacterSource source = device.source();
    boolean parallel = device.element().equals("parallel");
    String chardev =
        parallel && source instanceof CharacterSource.HostPath path && path.kind().equals("dev")
            ? path("parallel", id, path)
            : source(placed, source, id, "vdagent", socketName(device), out);
    CharacterDevice.Log log = device.log();
    if (log == null) {
      return chardev;
    }
    String append = log.append() == null ? "" : ",logappend=" + log.append();
    return chardev + ",logfile=" + Arguments.escape(log.file()) + append;
  }

  /**
   * The host's end of a device. The certificates that it needs are added before.
   *
   * @param agent what SPICE calls the device's own channel
   * @param socketName the file name of a socket that the driver places
   */
  static String source(
      ArgvContext placed,
      CharacterSource source,
      String id,
      String agent,
      String socketName,
      Arguments out) {
    if (source instanceof CharacterSource.Simple simple) {
      return simple.kind() + ",id=" + id;
    }
    if (source instanceof CharacterSource.Unix unix) {
      String path =
          unix.path() == null ? placed.layout().channelFolder() + "/" + socketName : unix.path();
      return unix(id, path, unix.mode(), unix.reconnectSeconds());
    }
    if (source instanceof CharacterSource.Tcp tcp) {
      return tcp(id, tcp) + credentials(placed, tcp, id, out);
    }
    if (source instanceof CharacterSource.Udp udp) {
      return udp(id, udp);
    }
    if (source instanceof CharacterSource.HostPath path) {
      return path(path.kind().equals("dev") ? "serial" : path.kind(), id, path);
    }
    if (source instanceof CharacterSource.Agent own) {
      return agent(id, own);
    }
    if (source instanceof CharacterSource.Dbus dbus) {
      return "dbus,id=" + id + ",name=" + Arguments.escape(dbus.channel());
    }
    String channel = ((CharacterSource.Spice) source).channel();
    return channel == null
        ? "spicevmc,id=" + id + ",name=" + agent
        : "spiceport,id=" + id + ",name=" + Arguments.escape(channel);
  }

  private static String path(String driver, String id, CharacterSource.HostPath path) {
    String append = path.append() == null ? "" : ",append=" + path.append();
    return driver + ",id=" + id + ",path=" + Arguments.escape(path.path()) + append;
  }

  private static String agent(String id, CharacterSource.Agent agent) {
    String chardev = "qemu-vdagent,id=" + id + ",name=vdagent";
    if (agent.clipboard() != null) {
      chardev += ",clipboard=" + (agent.clipboard() ? "on" : "off");
    }
    return agent.mouse() == null
        ? chardev
        : chardev + ",mouse=" + (agent.mouse().equals("client") ? "on" : "off");
  }

  /** A file name of the channel: its own name where that is a plain one, else its alias. */
  private static String socketName(CharacterDevice device) {
    String name = device.targetName();
    boolean plain = name != null && name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,60}");
    return plain && name != null ? name : ArgvContext.alias(device);
  }

  private static String unix(
      String id, String path, @Nullable String mode, @Nullable Integer reconnect) {
    String chardev = "socket,id=" + id + ",path=" + Arguments.escape(path);
    if (listens(mode)) {
      return chardev + ",server=on,wait=off";
    }
    return reconnect == null ? chardev : chardev + ",reconnect=" + reconnect;
  }

  private static boolean listens(@Nullable String mode) {
    return "bind".equals(mode) || "server".equals(mode);
  }

  /** TLS is asked for by the definition; plain text in its place would be heard by others. */
  private static String credentials(
      ArgvContext placed, CharacterSource.Tcp tcp, String id, Arguments out) {
    if (!"yes".equals(tcp.tls())) {
      return "";
    }
    String object = "obj" + id + "_tls0";
    out.object(
        Props.object("tls-creds-x509", object)
            .put("dir", placed.layout().bindings().characterTls())
            .put("endpoint", listens(tcp.mode()) ? "server" : "client")
            .put("verify-peer", true));
    return ",tls-creds=" + object;
  }

  private static String tcp(String id, CharacterSource.Tcp tcp) {
    boolean telnet = "telnet".equals(tcp.protocol());
    String chardev =
        "socket,id="
            + id
            + ",host="
            + Arguments.escape(tcp.host())
            + ",port="
            + Arguments.escape(tcp.service());
    if (telnet) {
      chardev += ",telnet=on";
    }
    if (listens(tcp.mode())) {
      return chardev + ",server=on,wait=off";
    }
    return tcp.reconnectSeconds() == null
        ? chardev
        : chardev + ",reconnect=" + tcp.reconnectSeconds();
  }

  private static String udp(String id, CharacterSource.Udp udp) {
    return "udp,id="
        + id
        + ",host="
        + Arguments.escape(udp.host())
        + ",port="
        + Arguments.escape(udp.service())
        + ",localaddr="
        + Arguments.escape(udp.bindHost())
        + ",localport="
        + (udp.bindService() == null ? "0" : Arguments.escape(udp.bindService()));
  }
}
