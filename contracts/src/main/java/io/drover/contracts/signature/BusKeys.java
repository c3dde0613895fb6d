package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.message.EventSource;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The secret of the services that read the bus. The key of each source that seals its records is
 * derived from it (HMAC-SHA-256 over the source's text), so that no reader keeps a table of hosts.
 * Several are trusted while one replaces another. Thread-safe; prints nothing of the keys.
 */
public final class BusKeys {
  private static final int MAX_KEYS = 8;

  private final List<SourceKey> keys;

  private BusKeys(List<SourceKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * With the key at hand.
   *
   * @param key 32 bytes
   */
  public static BusKeys of(byte[] key) {
    return new BusKeys(List.of(SourceKey.of(key)));
  }

  /**
   * Reads the keys.
   *
   * @param file one to 8 lines of base64 of 32 bytes, which its owner alone can read; the first
   *     seals
   * @param setting the file's setting, for errors
   * @throws io.drover.contracts.error.ProblemException {@code HOST_RESOURCE_MISSING} when there is
   *     none
   */
  public static BusKeys read(Path file, String setting) {
    return new BusKeys(
        SecretLines.read(file, setting, MAX_KEYS).stream().map(SourceKey::of).toList());
  }

  /** The key that the source seals by. */
  public SourceKey keyOf(EventSource source) {
    return SourceKey.of(secretOf(source));
  }

  /** The same as bytes, for the file that a host gets. */
  public byte[] secretOf(EventSource source) {
    return derive(keys.get(0), source);
  }

  /** Whether the source, and nobody else, has sealed the record. */
  boolean hasSealed(EventSource source, SignedRecord record) {
    byte[] seal = record.headers().get(SignedRecord.HEADER);
    if (seal == null) {
      return false;
    }
    byte[] bytes = record.bytes();
    byte[] given;
    try {
      given = Base64.getDecoder().decode(new String(seal, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false; // no base64
    }
    return keys.stream()
        .map(key -> SourceKey.of(derive(key, source)).digest(bytes))
        .anyMatch(right -> MessageDigest.isEqual(right, given));
  }

  private static byte[] derive(SourceKey key, EventSource source) {
    return key.digest(source.toString().getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "BusKeys[***]";
  }
}
