package io.drover.secrets.key.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals grants under a root key, so that a row that this service has not written, or that was
 * changed behind its back, is found before a key is released by it. The seal is the version of the
 * root key and an HMAC-SHA256 under a key derived from it.
 *
 * <p>It does not find a row that was put back as this service had written it before; the audit
 * chain has what happened since.
 */
public final class GrantSeal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "drover.key-grant.v1".getBytes(UTF_8);

  private final RootKeys rootKeys;

  public GrantSeal(RootKeys rootKeys) {
    this.rootKeys = rootKeys;
  }

  /** The seal of the grant as it is. */
  public byte[] seal(Grant grant) {
    return seal(rootKeys.currentVersion(), rootKeys.current(), grant);
  }

  /** Whether the seal is one of this grant as it is, under any root key that was given. */
  public boolean fits(Grant grant, byte[] seal) {
    if (seal.length <= Integer.BYTES) {
      return false;
    }
    int version = ByteBuffer.wrap(seal).getInt();
    Optional<KeyMaterial> root = rootKeys.find(version);
    return root.isPresent() && MessageDigest.isEqual(seal(version, root.get(), grant), seal);
  }

  private static byte[] seal(int version, KeyMaterial root, Grant grant) {
    byte[] key = root.use(bytes -> mac(bytes, PURPOSE));
    try {
      byte[] mac = mac(key, text(grant).getBytes(UTF_8));
      return ByteBuffer.allocate(Integer.BYTES + mac.length).putInt(version).put(mac).array();
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static String text(Grant grant) {
    return String.join(
        "\n",
        grant.keyId().toString(),
        grant.subject().toString(),
        Long.toString(grant.generation()),
        grant.hostId().toString(),
        Boolean.toString(grant.revoked()),
        grant.releasedTo().map(Object::toString).orElse(""));
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }
}
