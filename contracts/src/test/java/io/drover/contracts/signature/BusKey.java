package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.message.EventSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bus' key of this JVM's tests, by which they speak as hosts and gateways. */
public final class BusKey {
  private static final byte[] KEY = "the-bus-key-of-tests-is-32-bytes".getBytes(UTF_8);

  private BusKey() {}

  /** What the services have. */
  public static BusKeys keys() {
    return BusKeys.of(KEY);
  }

  /** The services' file in the folder. */
  public static Path file(Path folder) throws IOException {
    return write(folder.resolve("bus.key"), KEY);
  }

  /** The file of a host's agent in the folder. */
  public static Path fileOf(EventSource source, Path folder) throws IOException {
    return write(folder.resolve("host.key"), keys().secretOf(source));
  }

  private static Path write(Path file, byte[] key) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** The headers with the seal of the source that they name. */
  public static Map<String, byte[]> sealed(
      String topic, String key, Map<String, byte[]> headers, byte[] value) {
    String source = new String(headers.get("ce_source"), UTF_8);
    return sealed(new EventSource(URI.create(source)), topic, key, headers, value);
  }

  /** The headers with the seal of a source, whichever they name. */
  public static Map<String, byte[]> sealed(
      EventSource by, String topic, String key, Map<String, byte[]> headers, byte[] value) {
    Map<String, byte[]> all = new LinkedHashMap<>(headers);
    String seal = keys().keyOf(by).seal(new SignedRecord(topic, key, headers, value));
    all.put(SignedRecord.HEADER, seal.getBytes(UTF_8));
    return all;
  }
}
