package io.drover.agent.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SignedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The key of the scheduler that a test stands for. */
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

  public static RecordVerifier verifier() {
    return RecordVerifier.of(PAIR.getPublic());
  }

  /** The public key as the agent's setting names it. */
  public static Path file(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve("scheduler.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(PAIR.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
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
