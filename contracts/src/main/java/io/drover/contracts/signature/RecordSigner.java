package io.drover.contracts.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs records by an Ed25519 key. Thread-safe; prints nothing of the key. */
public final class RecordSigner {
  private final PrivateKey key;

  private RecordSigner(PrivateKey key) {
    this.key = key;
  }

  /** With the key at hand. */
  public static RecordSigner of(PrivateKey key) {
    return new RecordSigner(key);
  }

  /**
   * Reads the key.
   *
   * @param file PEM with one block {@code PRIVATE KEY} (PKCS#8), which its owner alone can read
   * @param setting the file's setting, for errors
   * @throws io.drover.contracts.error.ProblemException {@code HOST_RESOURCE_MISSING} when there is
   *     no such key
   */
  public static RecordSigner read(Path file, String setting) {
    PemFile.requirePrivate(file, setting);
    byte[] encoded = PemFile.blocks(file, "PRIVATE KEY", setting).get(0);
    try {
      return new RecordSigner(
          KeyFactory.getInstance(SignedRecord.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw PemFile.unusable(file, setting, "has no Ed25519 private key", e);
    }
  }

  /** The value of {@link SignedRecord#HEADER}. */
  public String sign(SignedRecord record) {
    try {
      Signature signature = Signature.getInstance(SignedRecord.ALGORITHM);
      signature.initSign(key);
      signature.update(record.bytes());
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "RecordSigner[***]";
  }
}
