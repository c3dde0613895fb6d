package io.drover.secrets.key.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeySealingTest {
  private static final byte[] PURPOSE = "disk-key:a".getBytes(UTF_8);
  private final SecureRandom random = new SecureRandom();
  private final KeySealing sealing = new KeySealing(random);
  private final KeyMaterial key = KeyMaterial.random(random);
  private final KeyMaterial secret = KeyMaterial.random(random);

  @Test
  void opensWhatItSealed() {
    byte[] sealed = sealing.seal(key, secret, PURPOSE);
    assertThat(sealing.open(key, sealed, PURPOSE).passphrase()).isEqualTo(secret.passphrase());
  }

  @Test
  void sealsTheSameKeyDifferentlyEachTime() {
    assertThat(sealing.seal(key, secret, PURPOSE)).isNotEqualTo(sealing.seal(key, secret, PURPOSE));
  }

  @Test
  void doesNotOpenUnderAnotherKeyForAnotherPurposeOrChanged() {
    byte[] sealed = sealing.seal(key, secret, PURPOSE);
    KeyMaterial other = KeyMaterial.random(random);
    assertBroken(() -> sealing.open(other, sealed, PURPOSE));
    assertBroken(() -> sealing.open(key, sealed, "disk-key:b".getBytes(UTF_8)));
    sealed[sealed.length - 1] ^= 1;
    assertBroken(() -> sealing.open(key, sealed, PURPOSE));
    assertBroken(() -> sealing.open(key, new byte[] {9, 9}, PURPOSE));
  }

  @Test
  void keysPrintStarsAndAreWiped() {
    assertThat(secret).hasToString("***");
    secret.close();
    assertThat(secret.<byte[]>use(byte[]::clone)).containsOnly(0);
  }

  @Test
  void theHighestRootKeyIsTheCurrentOne() {
    String first = Base64.getEncoder().encodeToString(new byte[32]);
    RootKeys keys = RootKeys.parse("1:" + first + "\n\n3:" + first + "\n");
    assertThat(keys.currentVersion()).isEqualTo(3);
    assertThat(keys.find(2)).isEmpty();
    assertThat(RootKeys.parse(first).currentVersion()).isEqualTo(1);
  }

  @Test
  void aBrokenRootKeyIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> RootKeys.parse("c2hvcnQ="))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Line 1")
        .hasMessageNotContaining("c2hvcnQ");
    assertThatThrownBy(() -> RootKeys.parse("!!!")).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> RootKeys.parse("\n")).hasMessageContaining("openssl");
  }

  private static void assertBroken(org.assertj.core.api.ThrowableAssert.ThrowingCallable open) {
    assertThatThrownBy(open).isInstanceOf(KeySealing.BrokenSealException.class);
  }
}
