package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.report.HostReport.Isolation;
import org.junit.jupiter.api.Test;

class GuestIsolationTest {
  private String lack = "";
  private int changes;
  private final GuestIsolation isolation = new GuestIsolation(this::prepare, () -> changes++);

  private void prepare() {
    if (!lack.isEmpty()) {
      throw new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, lack);
    }
  }

  @Test
  void nothingIsSaidBeforeItIsKnown() {
    assertThat(isolation.get()).isEmpty();
  }

  @Test
  void aHostThatCannotIsolateSaysWhyAndThatItCanOnceItIsMended() {
    lack = "nft is missing; install it.";
    isolation.look();
    assertThat(isolation.get()).contains(new Isolation(false, lack));
    lack = "";
    isolation.look();
    assertThat(isolation.get()).contains(new Isolation(true, ""));
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void aLookThatFailsOtherwiseChangesNothing() {
    isolation.look();
    GuestIsolation broken =
        new GuestIsolation(
            () -> {
              throw new IllegalStateException("/proc is not there");
            },
            () -> changes++);
    broken.look();
    assertThat(broken.get()).isEmpty();
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void aChangeAloneIsReported() {
    isolation.look();
    isolation.look();
    assertThat(changes).isEqualTo(1);
  }
}
