package io.drover.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The login at rest: {@code $XDG_CONFIG_HOME/drover/session.json} or {@code ~/.config/drover/...},
 * readable by its owner alone. A file that others can read is refused, not mended: its tokens may
 * already be known.
 */
public final class SessionFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private final Path file;

  SessionFile(Path file) {
    this.file = file;
  }

  /** The file of the user whose environment the shell has. */
  public static SessionFile of(Shell shell) {
    return new SessionFile(folder(shell).resolve("session.json"));
  }

  /** Where Drover keeps the files of the user whose environment the shell has. */
  static Path folder(Shell shell) {
    return shell
        .variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home(shell).resolve(".config"))
        .resolve("drover");
  }

  private static Path home(Shell shell) {
    return Path.of(shell.variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  /** The stored login; empty when there is none. */
  public Optional<Session> read() {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw unusable("can be read by others; log out, and log in again");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw unusable("is too large to be a login");
      }
      return Optional.of(parse(ContractJson.mapper().readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw unusable("cannot be read; run drover logout, then drover login");
    }
  }

  /** Replaces the stored login, all or nothing. */
  public void write(Session session) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh =
          Files.createTempFile(
              file.getParent(),
              "session",
              ".new",
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        Files.write(fresh, ContractJson.write(json(session)));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw unusable("cannot be written (" + e.getMessage() + ")");
    }
  }

  /** Forgets the login; false when there was none. */
  public boolean delete() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable("cannot be removed (" + e.getMessage() + ")");
    }
  }

  /** Runs the action while no other drover of this user renews the login. */
  <T> T locked(Supplier<T> action) {
    Path lock = file.resolveSibling("session.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw unusable("cannot be locked");
      }
      return action.get();
    } catch (IOException e) {
      throw unusable("cannot be locked (" + e.getMessage() + ")");
    }
  }

  private static Session parse(JsonNode json) {
    String refresh = json.path("refreshToken").asText("");
    return new Session(
        URI.create(require(json, "server")),
        URI.create(require(json, "issuer")),
        require(json, "clientId"),
        require(json, "user"),
        new Token(require(json, "accessToken")),
        refresh.isEmpty() ? null : new Token(refresh),
        Instant.parse(require(json, "expiresAt")));
  }

  private static String require(JsonNode json, String name) {
    String value = json.path(name).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static ObjectNode json(Session session) {
    ObjectNode json = ContractJson.mapper().createObjectNode();
    json.put("server", session.server().toString());
    json.put("issuer", session.issuer().toString());
    json.put("clientId", session.clientId());
    json.put("user", session.user());
    json.put("accessToken", session.accessToken().value());
    Token refresh = session.refreshToken();
    if (refresh != null) {
      json.put("refreshToken", refresh.value());
    }
    json.put("expiresAt", session.expiresAt().toString());
    return json;
  }

  private CliFailure unusable(String why) {
    return new CliFailure(ExitCode.NOT_AUTHENTICATED, "The login file " + file + " " + why + ".");
  }
}
