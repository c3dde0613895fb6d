package io.drover.contracts.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Name-based ids (RFC 9562, version 5): the same namespace and name always give the same id, so a
 * replayed decision sends the same command again instead of a second one.
 */
public final class DerivedId {
  private DerivedId() {}

  /** The version 5 UUID of {@code name} in {@code namespace}. */
  public static UUID of(UUID namespace, String name) {
    byte[] hash = sha1(namespace, name);
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    long most = (bytes.getLong() & 0xffffffffffff0fffL) | 0x5000L;
    long least = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(most, least);
  }

  private static byte[] sha1(UUID namespace, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(namespace.getMostSignificantBits())
              .putLong(namespace.getLeastSignificantBits())
              .array());
      return digest.digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
