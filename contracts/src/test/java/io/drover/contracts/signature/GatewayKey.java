package io.drover.contracts.signature;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;

/** The key of the gateway of this JVM's tests. */
public final class GatewayKey {
  private static final KeyPair PAIR = SchedulerKey.pair();

  private GatewayKey() {}

  /** What signs tickets. */
  public static RecordSigner signer() {
    return RecordSigner.of(PAIR.getPrivate());
  }

  /** What the hosts know of it. */
  public static RecordVerifier verifier() {
    return RecordVerifier.of(PAIR.getPublic());
  }

  /** The public key, as a file in the folder. */
  public static Path publicFile(Path folder) throws IOException {
    return SchedulerKey.write(folder, "gateway.pub", "PUBLIC KEY", PAIR.getPublic().getEncoded());
  }

  /** The private key, as a file in the folder. */
  public static Path privateFile(Path folder) throws IOException {
    return SchedulerKey.write(folder, "gateway.pem", "PRIVATE KEY", PAIR.getPrivate().getEncoded());
  }
}
