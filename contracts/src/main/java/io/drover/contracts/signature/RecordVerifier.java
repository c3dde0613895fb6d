package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Tells records that were signed by one of the trusted Ed25519 keys from all others. Several keys
 * are trusted while one replaces another. Thread-safe.
 */
public final class RecordVerifier {
  private static final int MAX_KEYS = 8;
  private static final int MAX_SIGNATURE = 128;

  private final List<PublicKey> trusted;

  private RecordVerifier(List<PublicKey> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** With the keys at hand. */
  public static RecordVerifier of(PublicKey... trusted) {
    return new RecordVerifier(List.of(trusted));
  }

  /**
   * Reads the trusted keys.
   *
   * @param file PEM with one to 8 blocks {@code PUBLIC KEY} (X.509)
   * @param setting the file's setting, for errors
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when there is none, or another kind
   */
  public static RecordVerifier read(Path file, String setting) {
    List<byte[]> blocks = PemFile.blocks(file, "PUBLIC KEY", setting);
    if (blocks.size() > MAX_KEYS) {
      throw PemFile.unusable(
          file, setting, "has " + blocks.size() + " keys, at most " + MAX_KEYS + " are taken");
    }
    List<PublicKey> keys = new ArrayList<>();
    for (byte[] encoded : blocks) {
      try {
        keys.add(
            KeyFactory.getInstance(SignedRecord.ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        throw PemFile.unusable(file, setting, "has a key that is no Ed25519 public key", e);
      }
    }
    return new RecordVerifier(keys);
  }

  /**
   * Returns when the record is signed by a trusted key.
   *
   * @throws UntrustedRecordException when it is not
   */
  public void require(SignedRecord record) {
    byte[] header = record.headers().get(SignedRecord.HEADER);
    if (header == null) {
      throw new UntrustedRecordException(
          Reason.SIGNATURE,
          "The record is not signed (header "
              + SignedRecord.HEADER
              + "); give the scheduler its key, or look for who wrote it.");
    }
    byte[] signature = decoded(header);
    byte[] bytes = record.bytes();
    if (trusted.stream().noneMatch(key -> verifies(key, bytes, signature))) {
      throw new UntrustedRecordException(
          Reason.SIGNATURE,
          "The record's signature is of none of the "
              + trusted.size()
              + " trusted keys; add the scheduler's public key, or look for who wrote it.");
    }
  }

  private static byte[] decoded(byte[] header) {
    if (header.length > MAX_SIGNATURE) {
      throw new UntrustedRecordException(
          Reason.SIGNATURE,
          "The record's signature has "
              + header.length
              + " characters, at most "
              + MAX_SIGNATURE
              + " are read; look for who wrote it.");
    }
    try {
      return Base64.getDecoder().decode(new String(header, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new UntrustedRecordException(
          Reason.SIGNATURE, "The record's signature is no base64; look for who wrote it.", e);
    }
  }

  private static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance(SignedRecord.ALGORITHM);
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of another length than a signature has
    }
  }
}
