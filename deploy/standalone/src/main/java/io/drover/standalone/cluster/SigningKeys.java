package io.drover.standalone.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The Ed25519 pair of a part, as PEM: it signs by the one, commands to hosts or tickets for their
 * consoles, and the hosts check by the other.
 */
record SigningKeys(Path privateFile, Path publicFile) {
  private static final int LINE = 64;

  /** The pair of the part in the folder, made when it is missing. */
  static SigningKeys load(Path folder, String part, SecureRandom random) throws IOException {
    SigningKeys keys =
        new SigningKeys(folder.resolve(part + ".pem"), folder.resolve(part + ".pub"));
    if (!Files.exists(keys.publicFile)) { // written last
      keys.make(random);
    }
    return keys;
  }

  private void make(SecureRandom random) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, random);
      KeyPair pair = generator.generateKeyPair();
      PrivateFile.write(privateFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      PrivateFile.write(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has Ed25519", e);
    }
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
