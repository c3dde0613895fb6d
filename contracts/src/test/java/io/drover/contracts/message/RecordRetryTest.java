package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RecordRetryTest {
  private static final RecordRetry.Limits LIMITS =
      new RecordRetry.Limits(Duration.ofMillis(1), Duration.ofMillis(2), 3);

  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final RecordRetry retry =
      new RecordRetry(
          LIMITS,
          Unavailable.class::isInstance,
          RecordRetryTest::repeatingAtOnce,
          (position, failure) -> log.add(position + " " + failure.getMessage()));
  private int runs;

  private static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aStepThatSucceedsRunsOnce() {
    retry.untilDone("t-0@1", this::step);
    assertThat(runs).isEqualTo(1);
    assertThat(log).isEmpty();
  }

  @Test
  void anUnavailableDependencyIsWaitedForHoweverLong() {
    fail(50, new Unavailable());
    retry.untilDone("t-0@1", this::step);
    assertThat(runs).isEqualTo(51);
    assertThat(log).hasSize(50);
  }

  @Test
  void aFailureOfTheRecordsOwnIsThrownAfterItsAttempts() {
    fail(5, new IllegalStateException("broken"));
    assertThatThrownBy(() -> retry.untilDone("t-0@1", this::step)).hasMessage("broken");
    assertThat(runs).isEqualTo(3);
    assertThat(log).containsOnly("t-0@1 broken");
  }

  @Test
  void anUnavailableDependencyIsNoAttempt() {
    fail(2, new IllegalStateException("broken"));
    fail(1, new Unavailable());
    fail(2, new IllegalStateException("broken"));
    retry.untilDone("t-0@1", this::step);
    assertThat(runs).isEqualTo(6);
  }

  @Test
  void aProblemCanNeverPass() {
    fail(1, new ProblemException(ErrorCode.INVALID_REQUEST, "Not a message."));
    assertThatThrownBy(() -> retry.untilDone("t-0@1", this::step))
        .isInstanceOf(ProblemException.class);
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void aServiceThatStopsTriesNothingAgain() {
    fail(1, new Unavailable());
    retry.stop();
    assertThatThrownBy(() -> retry.untilDone("t-0@1", this::step)).isInstanceOf(Unavailable.class);
    assertThat(retry.isStopping()).isTrue();
    assertThat(runs).isEqualTo(1);
  }

  private void fail(int times, RuntimeException failure) {
    for (int i = 0; i < times; i++) {
      failures.add(failure);
    }
  }

  private void step() {
    runs++;
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  private static Consumer<Runnable> repeatingAtOnce(
      RecordRetry.Limits limits, int retries, Predicate<Throwable> when) {
    return step -> {
      for (int failed = 0; ; failed++) {
        try {
          step.run();
          return;
        } catch (RuntimeException e) {
          if (failed == retries || !when.test(e)) {
            throw e;
          }
        }
      }
    };
  }
}
