package io.drover.driver.internal.secret;

import io.drover.definition.argv.host.SecretMaterial;
import io.drover.driver.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that one start of a domain hides its passphrases with: they stand on QEMU's command line
 * as AES-256-CBC ciphertext, and only the QEMU that can read the key's file opens them. Wiped by
 * {@link #close}.
 */
public final class MasterKey implements AutoCloseable {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;
  private final byte[] key = new byte[KEY_BYTES];
  private final SecureRandom random;

  public MasterKey(SecureRandom random) {
    this.random = random;
    random.nextBytes(key);
  }

  /** Seals a passphrase under a fresh initialisation vector. */
  SecretMaterial.Sealed seal(SecretBytes passphrase) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] sealed = passphrase.use(plain -> encrypt(plain, iv));
    Base64.Encoder base64 = Base64.getEncoder();
    return new SecretMaterial.Sealed(base64.encodeToString(sealed), base64.encodeToString(iv));
  }

  private byte[] encrypt(byte[] plain, byte[] iv) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES", e);
    }
  }

  /** As the data of a secret object that a running QEMU gets over its monitor. */
  public String base64() {
    return Base64.getEncoder().encodeToString(key);
  }

  /** Writes the key where only its owner can read it. */
  public void writeTo(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(key));
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
