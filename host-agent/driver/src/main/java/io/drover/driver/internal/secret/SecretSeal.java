package io.drover.driver.internal.secret;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.SecretBytes;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets at rest: a copy of a secret's file, as in a backup, tells nothing without the
 * key's file. Each is bound to its id, so that files cannot be exchanged.
 */
final class SecretSeal {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private final Path keyFile;
  private final SecureRandom random;

  /**
   * @param keyFile made when the first secret is sealed
   */
  SecretSeal(Path keyFile, SecureRandom random) {
    this.keyFile = keyFile;
    this.random = random;
  }

  /** Ciphertext with its tag, and the initialisation vector. */
  @SuppressWarnings("ArrayRecordComponent") // JSON's base64; compared by nobody
  record Sealed(byte[] iv, byte[] ciphertext) {}

  Sealed seal(UUID id, byte[] value) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    return new Sealed(iv, crypt(Cipher.ENCRYPT_MODE, id, iv, value));
  }

  SecretBytes open(UUID id, Sealed sealed) {
    return SecretBytes.owning(crypt(Cipher.DECRYPT_MODE, id, sealed.iv(), sealed.ciphertext()));
  }

  private byte[] crypt(int mode, UUID id, byte[] iv, byte[] input) {
    byte[] key = key(mode == Cipher.ENCRYPT_MODE);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(id.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new ProblemException(
          ErrorCode.KEY_UNAVAILABLE,
          "The secret " + id + " does not open with the key " + keyFile + "; set its value again.",
          e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] key(boolean make) {
    try {
      if (make && !Files.exists(keyFile)) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        Path file = keyFile.resolveSibling(keyFile.getFileName() + ".new");
        Files.deleteIfExists(file);
        DomainFolder.privateFile(file);
        Files.write(file, fresh);
        Files.move(file, keyFile, StandardCopyOption.ATOMIC_MOVE);
        return fresh;
      }
      return Files.readAllBytes(keyFile);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.KEY_UNAVAILABLE,
          "The key of the secrets, "
              + keyFile
              + ", cannot be read or made; check space and rights.",
          e);
    }
  }
}
