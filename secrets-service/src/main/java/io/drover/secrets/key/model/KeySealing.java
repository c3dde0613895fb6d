package io.drover.secrets.key.model;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals one key under another: AES-256-GCM with a fresh 96 bit nonce, bound to what the key is for,
 * so that a row copied to another key's place does not open. The sealed form is a format byte, the
 * nonce, the ciphertext and its 128 bit tag.
 */
public final class KeySealing {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private final SecureRandom random;

  public KeySealing(SecureRandom random) {
    this.random = random;
  }

  /** Thrown when sealed bytes were changed, belong elsewhere, or the key is another one. */
  public static final class BrokenSealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenSealException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Seals {@code secret} under {@code key}.
   *
   * @param purpose what the secret is for, as in {@code disk-key:ID}; needed to open it again
   */
  public byte[] seal(KeyMaterial key, KeyMaterial secret, byte[] purpose) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = secret.use(plain -> run(Cipher.ENCRYPT_MODE, key, nonce, purpose, plain));
    return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
        .put(FORMAT)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /** Opens what {@link #seal} made with the same key and purpose. */
  public KeyMaterial open(KeyMaterial key, byte[] sealed, byte[] purpose) {
    ByteBuffer from = ByteBuffer.wrap(sealed);
    if (sealed.length < 1 + NONCE_BYTES || from.get() != FORMAT) {
      throw new BrokenSealException(
          "Not a sealed key of a known format", new IllegalStateException());
    }
    byte[] nonce = new byte[NONCE_BYTES];
    from.get(nonce);
    byte[] ciphertext = new byte[from.remaining()];
    from.get(ciphertext);
    return KeyMaterial.owning(run(Cipher.DECRYPT_MODE, key, nonce, purpose, ciphertext));
  }

  private static byte[] run(int mode, KeyMaterial key, byte[] nonce, byte[] purpose, byte[] input) {
    return key.use(
        bytes -> {
          try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose);
            return cipher.doFinal(input);
          } catch (AEADBadTagException e) {
            throw new BrokenSealException("The sealed key does not open", e);
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
          }
        });
  }
}
