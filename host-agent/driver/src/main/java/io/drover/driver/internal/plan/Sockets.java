package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.process.ConsoleLogFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Gives the character devices of a completed definition their places on this host: a pty becomes a
 * Unix socket in the domain's folder, because it has to be found again by any process; the one that
 * is shown has a log.
 */
final class Sockets {
  /** What {@code DriverLayout} leaves room for. */
  private static final int MAX_NAME = 24;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** What the driver itself or another device has in the folder, as the monitor's socket. */
  private static final Pattern TAKEN =
      Pattern.compile("qmp|vnc|[a-z]+\\d+|.*\\.(sock|socket|aes|base64|pipe)");

  private static final String PIPE = ".pipe";

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

  /** Only what a person sees has a log: others would fill the disk for nobody. */
  DomainDefinition place(DomainDefinition definition) {
    Optional<String> shown = shown(definition, Sockets::isPlaced).map(Sockets::nameOf);
    return definition.withEach(
        CharacterDevice.class, device -> place(device, shown.equals(Optional.of(nameOf(device)))));
  }

  private static boolean isPlaced(CharacterDevice device) {
    return isPty(device) || device.source() instanceof CharacterSource.Unix;
  }

  private static boolean isPty(CharacterDevice device) {
    return device.source() instanceof CharacterSource.Simple simple && simple.kind().equals("pty");
  }

  private CharacterDevice place(CharacterDevice device, boolean shown) {
    if (isPty(device)) {
      CharacterDevice.Log log =
          device.log() == null && shown
              ? new CharacterDevice.Log(
                  folder.path().resolve(nameOf(device) + PIPE).toString(), "on")
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

  /** What the log of the console goes to, where it is not the definition's own. */
  Optional<ConsoleLogFiles> logOf(CharacterDevice console) {
    CharacterDevice.Log log = console.log();
    Path pipe = folder.path().resolve(nameOf(console) + PIPE);
    return log != null && log.file().equals(pipe.toString())
        ? Optional.of(new ConsoleLogFiles(pipe, logs.resolve(logPrefix + nameOf(console) + ".log")))
        : Optional.empty();
  }

  /** What a person sees first: the first serial port, else the first console. */
  static Optional<CharacterDevice> console(DomainDefinition placed) {
    return shown(placed, device -> device.source() instanceof CharacterSource.Unix);
  }

  private static Optional<CharacterDevice> shown(
      DomainDefinition definition, Predicate<CharacterDevice> reachable) {
    return first(definition, "serial", reachable).or(() -> first(definition, "console", reachable));
  }

  private static Optional<CharacterDevice> first(
      DomainDefinition definition, String element, Predicate<CharacterDevice> reachable) {
    return definition.devices(CharacterDevice.class).stream()
        .filter(device -> device.element().equals(element))
        .filter(reachable)
        .findFirst();
  }
}
