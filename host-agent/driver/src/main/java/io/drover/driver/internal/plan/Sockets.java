package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.driver.internal.folder.DomainFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives the character devices of a completed definition their places on this host: a pty becomes a
 * Unix socket in the domain's folder, with a log, because it has to be found again by any process.
 */
final class Sockets {
  /** What {@code DriverLayout} leaves room for. */
  private static final int MAX_NAME = 24;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** What the driver itself or another device has in the folder, as the monitor's socket. */
  private static final Pattern TAKEN =
      Pattern.compile("qmp|vnc|[a-z]+\\d+|.*\\.(sock|socket|aes|base64)");

  private final DomainFolder folder;
  private final Path logs;
  private final String logPrefix;

  /**
   * @param logs where console logs go
   * @param logPrefix tells this domain's logs from others'
   */
  Sockets(DomainFolder folder, Path logs, String logPrefix) {
    this.folder = folder;
    this.logs = logs;
    this.logPrefix = logPrefix;
  }

  DomainDefinition place(DomainDefinition definition) {
    return definition.withEach(CharacterDevice.class, this::place);
  }

  private CharacterDevice place(CharacterDevice device) {
    if (device.source() instanceof CharacterSource.Simple simple && simple.kind().equals("pty")) {
      CharacterDevice.Log log =
          device.log() == null
              ? new CharacterDevice.Log(
                  logs.resolve(logPrefix + nameOf(device) + ".log").toString(), "on")
              : device.log();
      return device.withSource(listening(nameOf(device)), log);
    }
    if (device.source() instanceof CharacterSource.Unix unix && unix.path() == null) {
      String target = device.targetName();
      boolean own = target != null && fits(target) && !TAKEN.matcher(target).matches();
      String name = own && target != null ? target : nameOf(device);
      return device.withSource(listening(name), device.log());
    }
    return device;
  }

  private CharacterSource listening(String name) {
    return new CharacterSource.Unix(folder.path().resolve(name).toString(), "bind", null);
  }

  /** A console that stands for the first serial port has its name, and so its socket. */
  private static String nameOf(CharacterDevice device) {
    boolean serial = device.element().equals("console") && "serial".equals(device.targetType());
    String alias = device.info().alias();
    Integer port = device.port();
    if (port == null && alias != null && fits(alias)) {
      return alias;
    }
    return (serial ? "serial" : device.element()) + (port == null ? 0 : port);
  }

  private static boolean fits(String name) {
    return name.length() <= MAX_NAME && PLAIN.matcher(name).matches();
  }

  /** What a person sees first: the first serial port, else the first console. */
  static Optional<CharacterDevice> console(DomainDefinition placed) {
    return first(placed, "serial").or(() -> first(placed, "console"));
  }

  private static Optional<CharacterDevice> first(DomainDefinition definition, String element) {
    return definition.devices(CharacterDevice.class).stream()
        .filter(device -> device.element().equals(element))
        .filter(device -> device.source() instanceof CharacterSource.Unix)
        .findFirst();
  }
}
