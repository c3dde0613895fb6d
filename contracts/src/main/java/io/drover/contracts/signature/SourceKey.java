package io.drover.contracts.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of one part, a host's agent or the gateway, by which it seals what it writes
 * (HMAC-SHA-256; microseconds a record). Thread-safe; prints nothing of the key.
 */
public final class SourceKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SourceKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * With the key at hand.
   *
   * @param key 32 bytes
   */
  static SourceKey of(byte[] key) {
    return new SourceKey(key);
  }

  /**
   * Reads the key.
   *
   * @param file base64 of 32 bytes, which its owner alone can read
   * @param setting the file's setting, for errors
   * @throws io.drover.contracts.error.ProblemException {@code HOST_RESOURCE_MISSING} when there is
   *     no such key
   */
  public static SourceKey read(Path file, String setting) {
    return new SourceKey(SecretLines.read(file, setting, 1).get(0));
  }

  /** The value of {@link SignedRecord#HEADER}. */
  public String seal(SignedRecord record) {
    return Base64.getEncoder().encodeToString(digest(record.bytes()));
  }

  byte[] digest(byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "SourceKey[***]";
  }
}
