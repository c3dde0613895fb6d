package io.drover.driver;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Key material in memory. Prints {@code ***}, cannot be serialised by accident, and is overwritten
 * by {@link #close}. Thread-safe; using it after close is an {@link IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: the caller must not use it again. */
  public static SecretBytes owning(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** Lends the bytes to {@code user} for the length of the call; it must not keep them. */
  public synchronized <T> T use(Function<byte[], T> user) {
    if (wiped) {
      throw new IllegalStateException("The secret was already wiped");
    }
    return user.apply(bytes);
  }

  /** Overwrites the bytes. */
  @Override
  public synchronized void close() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return "***";
  }
}
