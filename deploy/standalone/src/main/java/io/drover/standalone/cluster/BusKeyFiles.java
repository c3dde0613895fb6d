package io.drover.standalone.cluster;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.signature.BusKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The bus' key, which the services have, and the keys of the hosts that are made of it.
 *
 * @param file the bus' key
 * @param hosts the file of each host, by its number
 */
record BusKeyFiles(Path file, Map<Integer, Path> hosts) {
  private static final int BYTES = 32;

  BusKeyFiles {
    hosts = Map.copyOf(hosts);
  }

  /** Those of the folder, made when they are missing. */
  static BusKeyFiles load(Path folder, Map<Integer, HostId> ids, SecureRandom random)
      throws IOException {
    Path file = folder.resolve("bus.key");
    if (!Files.exists(file)) {
      byte[] key = new byte[BYTES];
      random.nextBytes(key);
      write(file, key);
    }
    BusKeys keys = BusKeys.read(file, "DROVER_BUS_KEYS_FILE");
    Map<Integer, Path> hosts = new HashMap<>();
    for (Map.Entry<Integer, HostId> host : ids.entrySet()) {
      Path own = folder.resolve("host-" + host.getKey() + ".key");
      write(own, keys.secretOf(EventSource.hostAgent(host.getValue())));
      hosts.put(host.getKey(), own);
    }
    return new BusKeyFiles(file, hosts);
  }

  Path ofHost(ClusterHost host) {
    return Objects.requireNonNull(hosts.get(host.number()), host.name());
  }

  private static void write(Path file, byte[] key) throws IOException {
    PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
  }
}
