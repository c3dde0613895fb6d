package io.drover.scheduler;

import io.drover.contracts.signature.RecordVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The pair of the scheduler under test. */
final class SigningKeyFile {
  private static final KeyPair PAIR = pair();

  private SigningKeyFile() {}

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path make(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("command-signing.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** What an agent knows of it. */
  static RecordVerifier verifier() {
    return RecordVerifier.of(PAIR.getPublic());
  }
}
