package io.drover.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The suite that {@code ./run} has started on this machine for this user, as {@code
 * standalone.json} beside the session file says. It names the file with the passwords of the
 * suite's demo users; both files are refused when others can read them.
 *
 * @param logins a properties file, user by user
 */
public record LocalCluster(URI server, URI issuer, Path data, Path logins) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The suite that runs here; empty when none does. */
  public static Optional<LocalCluster> read(Shell shell) {
    Path file = SessionFile.folder(shell).resolve("standalone.json");
    try {
      requirePrivate(file);
      JsonNode json = ContractJson.mapper().readTree(Files.readAllBytes(file));
      return Optional.of(
          new LocalCluster(
              SecureAddress.parse("server", json.path("server").asText()),
              SecureAddress.parse("login", json.path("issuer").asText()),
              Path.of(json.path("data").asText()),
              Path.of(json.path("logins").asText())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, "cannot be read");
    }
  }

  /** The users whose passwords are known here. */
  public Set<String> users() {
    return new TreeSet<>(passwords().stringPropertyNames());
  }

  /** The password of a demo user; empty for everybody else. */
  public Optional<char[]> password(String user) {
    return Optional.ofNullable(passwords().getProperty(user)).map(String::toCharArray);
  }

  private Properties passwords() {
    Properties known = new Properties();
    try {
      requirePrivate(logins);
      try (Reader reader = Files.newBufferedReader(logins)) {
        known.load(reader);
      }
    } catch (NoSuchFileException e) {
      // The data folder was removed: nobody is known here.
      return known;
    } catch (IOException e) {
      throw unusable(logins, "cannot be read");
    }
    return known;
  }

  private static void requirePrivate(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw unusable(file, "can be read by others");
    }
  }

  private static CliFailure unusable(Path file, String why) {
    return new CliFailure(
        ExitCode.NOT_AUTHENTICATED,
        "The file " + file + " of the suite on this machine " + why + ".",
        "Stop the suite with ./run --stop, and start it with ./run: it writes the file again.");
  }
}
