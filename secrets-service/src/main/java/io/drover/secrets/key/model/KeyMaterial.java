package io.drover.secrets.key.model;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/** 256 bits of key in memory: prints {@code ***}, is wiped on close. Not thread-safe. */
public final class KeyMaterial implements AutoCloseable {
  static final int BYTES = 32;
  private final byte[] bytes;

  private KeyMaterial(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("A key has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** Takes the array over. */
  public static KeyMaterial owning(byte[] bytes) {
    return new KeyMaterial(bytes);
  }

  public static KeyMaterial random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new KeyMaterial(bytes);
  }

  /** Lends the bytes for the length of the call. */
  public <T> T use(Function<byte[], T> user) {
    return user.apply(bytes);
  }

  /**
   * The passphrase that a volume is encrypted with: base64 text, because QEMU takes a passphrase as
   * UTF-8. The caller wipes it.
   */
  public byte[] passphrase() {
    return Base64.getEncoder().encode(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "***";
  }
}
