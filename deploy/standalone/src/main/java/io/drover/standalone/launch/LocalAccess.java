package io.drover.standalone.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import io.drover.standalone.cluster.StandaloneCluster;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the command line of this user needs to know about the suite of this machine, so that {@code
 * ./drover login alice} is enough: {@code $XDG_CONFIG_HOME/drover/standalone.json} names the
 * addresses and the file with the passwords of the demo users, which stays in the data folder. Both
 * are readable by their owner alone. The newest suite of a user has the file.
 */
record LocalAccess(Path file, Path data) {
  static final List<String> USERS = List.of("alice", "bob", "olga");

  /** The file of the user whose environment it is. */
  static LocalAccess of(Map<String, String> environment, Path data) {
    Path config =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .filter(text -> !text.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> home(environment).resolve(".config"));
    return new LocalAccess(config.resolve("drover").resolve("standalone.json"), data);
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(
        Optional.ofNullable(environment.get("HOME"))
            .orElseGet(() -> System.getProperty("user.home")));
  }

  /** Writes both files for a suite that runs. */
  void write(StandaloneCluster cluster) throws IOException {
    Properties logins = new Properties();
    USERS.forEach(user -> logins.setProperty(user, cluster.credentials().of(user)));
    StringWriter text = new StringWriter();
    logins.store(text, "Passwords of the demo users of this suite; readable by its owner alone");
    replace(logins(), text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ObjectNode json = ContractJson.mapper().createObjectNode();
    json.put("server", cluster.gatewayUrl().toString());
    json.put("issuer", cluster.keycloak().realmUrl().toString());
    json.put("data", data.toString());
    json.put("logins", logins().toString());
    replace(file, ContractJson.write(json));
  }

  /** Removes the addresses, if they are still those of this data folder. */
  void remove() throws IOException {
    if (Files.exists(file)) {
      JsonNode json = ContractJson.mapper().readTree(Files.readAllBytes(file));
      if (json.path("data").asText().equals(data.toString())) {
        Files.delete(file);
      }
    }
  }

  /** Where the passwords are. */
  Path logins() {
    return data.resolve("private/logins.properties");
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Files.createDirectories(target.getParent());
    Path fresh =
        Files.createTempFile(
            target.getParent(),
            target.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(fresh, content);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
