package io.drover.standalone.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The documented settings of the parts that a person sets: in the file {@code settings.properties}
 * of the data folder, one {@code NAME=value} a line, or in the environment, which takes precedence.
 *
 * @param passed what every service gets
 * @param ignored names of what was set and is the suite's own to decide: addresses, credentials
 */
public record OperatorSettings(Map<String, String> passed, List<String> ignored) {
  /** Nothing is set. */
  public static final OperatorSettings NONE = new OperatorSettings(Map.of(), List.of());

  private static final List<String> PREFIXES =
      List.of("DROVER_", "GATEWAY_", "SCHEDULER_", "QUARKUS_LOG_");

  /** The command line's and the launcher's. */
  private static final Set<String> NOT_OF_PARTS =
      Set.of("DROVER_SERVER", "DROVER_TOKEN", "DROVER_PROJECT", "DROVER_DATA", "DROVER_DEBUG");

  private static final Set<String> DECIDED_BY_SUITE =
      Set.of(
          "DROVER_BIND",
          "DROVER_KAFKA",
          "DROVER_KAFKA_USER",
          "DROVER_KAFKA_PASSWORD",
          "DROVER_KAFKA_PASSWORD_FILE",
          "DROVER_KAFKA_TLS",
          "DROVER_KAFKA_TLS_TRUSTSTORE",
          "DROVER_KAFKA_TLS_TRUSTSTORE_PASSWORD",
          "DROVER_OIDC_URL",
          "DROVER_PG_URL",
          "DROVER_PG_USER",
          "DROVER_PG_PASSWORD",
          "DROVER_CLIENT_ID",
          "DROVER_CLIENT_SECRET",
          "DROVER_ROOT_KEY",
          "DROVER_ROOT_KEY_FILE",
          "DROVER_BUS_KEYS_FILE",
          "DROVER_HOST_KEY_FILE",
          "DROVER_SCHEDULER_KEY_FILE",
          "DROVER_SCHEDULER_KEYS_FILE",
          "DROVER_GATEWAY_KEY_FILE",
          "DROVER_GATEWAY_KEYS_FILE",
          "DROVER_AGENT_ROOT",
          "DROVER_AGENT_URL",
          "DROVER_GATEWAY_URL",
          "DROVER_SECRETS_URL",
          "DROVER_HOST_ID");

  /** Reads the file, if it exists, and the environment. */
  public static OperatorSettings read(Path file, Map<String, String> environment)
      throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    }
    all.putAll(environment);
    all.keySet().removeIf(name -> !ofParts(name));
    List<String> ignored = all.keySet().stream().filter(DECIDED_BY_SUITE::contains).toList();
    all.keySet().removeAll(DECIDED_BY_SUITE);
    return new OperatorSettings(Map.copyOf(all), ignored);
  }

  private static boolean ofParts(String name) {
    return !NOT_OF_PARTS.contains(name) && PREFIXES.stream().anyMatch(name::startsWith);
  }
}
