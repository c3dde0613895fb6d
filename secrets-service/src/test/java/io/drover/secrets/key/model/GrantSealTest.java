package io.drover.secrets.key.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GrantSealTest {
  private static final String FIRST = line(1);
  private static final String SECOND = line(2);
  private static final KeyId KEY = new KeyId(new UUID(1, 1));
  private static final UUID DOMAIN = new UUID(2, 2);
  private static final HostId HOST = new HostId(new UUID(3, 3));
  private static final Grant GRANT =
      Grant.genuine(KEY, DOMAIN, 7, HOST, true, Optional.of(new CommandId(new UUID(4, 4))));

  private static String line(int version) {
    byte[] key = new byte[32];
    key[0] = (byte) version;
    return version + ":" + Base64.getEncoder().encodeToString(key);
  }

  private static GrantSeal under(String... roots) {
    return new GrantSeal(RootKeys.parse(String.join("\n", roots)));
  }

  @Test
  void fitsTheGrantThatItWasMadeOfAndNoOther() {
    GrantSeal sealing = under(FIRST);
    byte[] seal = sealing.seal(GRANT);
    assertThat(sealing.fits(GRANT, seal)).isTrue();
    for (Grant other :
        List.of(
            Grant.genuine(new KeyId(new UUID(1, 2)), DOMAIN, 7, HOST, true, GRANT.releasedTo()),
            Grant.genuine(KEY, new UUID(2, 3), 7, HOST, true, GRANT.releasedTo()),
            Grant.genuine(KEY, DOMAIN, 8, HOST, true, GRANT.releasedTo()),
            Grant.genuine(KEY, DOMAIN, 7, new HostId(new UUID(3, 4)), true, GRANT.releasedTo()),
            Grant.genuine(KEY, DOMAIN, 7, HOST, false, GRANT.releasedTo()),
            Grant.genuine(KEY, DOMAIN, 7, HOST, true, Optional.empty()))) {
      assertThat(sealing.fits(other, seal)).as(other.toString()).isFalse();
    }
  }

  @Test
  void stillFitsOnceThereIsANewRootKeyAndNoMoreWithoutItsOwn() {
    byte[] seal = under(FIRST).seal(GRANT);
    assertThat(under(FIRST, SECOND).fits(GRANT, seal)).isTrue();
    assertThat(under(SECOND).fits(GRANT, seal)).isFalse();
    assertThat(under(line(1).replace("AQ", "AR")).fits(GRANT, seal)).isFalse();
  }

  @Test
  void nothingAndAnythingAreNoSeals() {
    assertThat(under(FIRST).fits(GRANT, new byte[0])).isFalse();
    assertThat(under(FIRST).fits(GRANT, new byte[36])).isFalse();
  }
}
