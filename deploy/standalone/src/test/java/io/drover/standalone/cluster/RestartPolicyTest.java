package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final AtomicLong now = new AtomicLong(-1_000_000);
  private final RestartPolicy policy = new RestartPolicy(now::get);

  private Duration exitAfter(Duration run) {
    policy.starting();
    now.addAndGet(run.toNanos());
    return policy.pauseAfterExit();
  }

  @Test
  void theFirstRestartComesAfterASecond() {
    assertThat(policy.pauseAfterExit()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void eachFurtherExitDoublesThePauseUpToAMinute() {
    assertThat(Stream.generate(() -> exitAfter(Duration.ofSeconds(5))).limit(9))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void aPartThatRanForTwoMinutesBeginsAtASecondAgain() {
    exitAfter(Duration.ofSeconds(5));
    exitAfter(Duration.ofSeconds(5));
    assertThat(exitAfter(RestartPolicy.STABLE.minusNanos(1))).isEqualTo(Duration.ofSeconds(4));
    assertThat(exitAfter(RestartPolicy.STABLE)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theTimeOfThePausesDoesNotCountAsRunning() {
    exitAfter(Duration.ofSeconds(5));
    now.addAndGet(RestartPolicy.STABLE.toNanos());
    assertThat(exitAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(2));
  }
}
