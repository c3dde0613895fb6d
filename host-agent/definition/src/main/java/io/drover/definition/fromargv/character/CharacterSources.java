package io.drover.definition.fromargv.character;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host's end of a serial port, channel, redirected device and the like. */
public final class CharacterSources {
  private static final Map<String, String> TYPES =
      Map.of("serial", "dev", "parallel", "dev", "tty", "dev", "parport", "dev");

  private CharacterSources() {}

  /** Reads the back end of this id into the element; one that is not there becomes a null one. */
  public static void read(ParsedCommandLine draft, MutableElement owner, @Nullable String id) {
    Values backend = draft.backends().use("-chardev", id);
    if (backend == null) {
      owner.with("type", "null");
    } else {
      read(owner, backend);
      tls(draft, owner, backend);
    }
  }

  private static void tls(ParsedCommandLine draft, MutableElement owner, Values backend) {
    Values credentials = draft.backends().use("-object", backend.take("tls-creds"));
    if (credentials != null) {
      credentials.takeLeft(); // where certificates are is the host's affair
      owner.part("source").with("tls", "yes");
    }
  }

  public static void read(MutableElement owner, Values backend) {
    String driver = backend.take("backend", "null");
    MutableElement source = owner.part("source");
    switch (driver) {
      case "null", "vc", "stdio", "pty" -> {
        owner.with("type", driver);
        backend.take("signal");
        backend.take("mux");
      }
      case "file", "pipe", "serial", "parallel", "tty", "parport" -> {
        owner.with("type", TYPES.getOrDefault(driver, driver));
        source.with("path", backend.take("path"));
        source.with("append", backend.takeOnOff("append"));
      }
      case "socket" -> socket(owner, source, backend);
      case "udp" -> udp(owner, source, backend);
      case "spicevmc" -> {
        owner.with("type", "spicevmc");
        backend.take("name"); // follows from the device
      }
      case "spiceport" -> {
        owner.with("type", "spiceport");
        source.with("channel", backend.take("name"));
      }
      case "dbus" -> {
        owner.with("type", "dbus");
        source.with("channel", backend.take("name"));
      }
      case "qemu-vdagent" -> agent(owner, source, backend);
      default -> {
        owner.with("type", "null");
        backend.keep("backend", driver); // told as unknown
      }
    }
    owner.dropIfEmpty(source);
    String log = backend.take("logfile");
    if (log != null) {
      owner.add("log").with("file", log).with("append", backend.takeOnOff("logappend"));
    }
  }

  private static void socket(MutableElement owner, MutableElement source, Values backend) {
    boolean server = backend.takeOn("server");
    if (server && backend.is("wait", "off")) {
      backend.take("wait");
    }
    String mode = server ? "bind" : "connect";
    String path = backend.take("path");
    if (path != null) {
      owner.with("type", "unix");
      source.with("mode", mode).with("path", path);
    } else {
      owner.with("type", "tcp");
      source
          .with("mode", mode)
          .with("host", backend.take("host"))
          .with("service", backend.take("port"));
      owner.add("protocol").with("type", backend.takeOn("telnet") ? "telnet" : "raw");
    }
    String again = backend.take("reconnect");
    if (again != null && !again.equals("0")) {
      source.add("reconnect").with("enabled", "yes").with("timeout", again);
    } else if (again != null) {
      source.add("reconnect").with("enabled", "no");
    }
  }

  private static void udp(MutableElement owner, MutableElement source, Values backend) {
    owner.with("type", "udp");
    String localHost = backend.take("localaddr");
    String localPort = backend.take("localport");
    boolean anywhere = localHost == null || localHost.isEmpty();
    if (!anywhere || localPort != null && !localPort.equals("0")) {
      owner
          .add("source")
          .with("mode", "bind")
          .with("host", anywhere ? null : localHost)
          .with("service", localPort);
    }
    String host = backend.take("host");
    source
        .with("mode", "connect")
        .with("host", host == null || host.isEmpty() ? null : host)
        .with("service", backend.take("port"));
  }

  private static void agent(MutableElement owner, MutableElement source, Values backend) {
    owner.with("type", "qemu-vdagent");
    backend.take("name");
    String clipboard = backend.takeYesNo("clipboard");
    if (clipboard != null) {
      source.add("clipboard").with("copypaste", clipboard);
    }
    String mouse = backend.takeOnOff("mouse");
    if (mouse != null) {
      source.add("mouse").with("mode", mouse.equals("on") ? "client" : "server");
    }
  }
}
