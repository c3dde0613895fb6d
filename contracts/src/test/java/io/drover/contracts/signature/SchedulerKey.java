package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The key of the scheduler of this JVM's tests. */
public final class SchedulerKey {
  private static final KeyPair PAIR = pair();
  private static final RecordSigner SIGNER = RecordSigner.of(PAIR.getPrivate());

  private SchedulerKey() {}

  /** A pair that nobody trusts. */
  public static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the other parts know of it. */
  public static RecordVerifier verifier() {
    return RecordVerifier.of(PAIR.getPublic());
  }

  /** The public key, as a file in the folder. */
  public static Path publicFile(Path folder) throws IOException {
    return write(folder, "scheduler.pub", "PUBLIC KEY", PAIR.getPublic().getEncoded());
  }

  /** The private key, as a file in the folder. */
  public static Path privateFile(Path folder) throws IOException {
    return write(folder, "scheduler.pem", "PRIVATE KEY", PAIR.getPrivate().getEncoded());
  }

  static Path write(Path folder, String name, String label, byte[] key) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve(name), pem(label, key));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static String pem(String label, byte[] encoded) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** The headers with the signature. */
  public static Map<String, byte[]> signed(
      String topic, String key, Map<String, byte[]> headers, byte[] value) {
    Map<String, byte[]> all = new LinkedHashMap<>(headers);
    String signature = SIGNER.sign(new SignedRecord(topic, key, headers, value));
    all.put(SignedRecord.HEADER, signature.getBytes(UTF_8));
    return all;
  }
}
