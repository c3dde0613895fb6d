package io.drover.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkTimerTest {
  private static final long PATIENCE_SECONDS = 20;

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final WorkTimer timer =
      new WorkTimer((work, problem) -> failures.add(work.name() + ": " + problem.getMessage()));

  @Test
  void repeatsWorkThatFails() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(3);
    try (timer) {
      timer.begin(
          new Work(Duration.ofMillis(1), true) {
            @Override
            public void run() {
              runs.countDown();
              throw new IllegalStateException("no database");
            }
          });
      assertThat(runs.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failures).contains("work: no database");
  }

  @Test
  void beginsOnePauseLaterWhereThatIsAsked() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch early = new CountDownLatch(1);
    try (timer) {
      timer.begin(counting(new Work(Duration.ofHours(1), false), late));
      timer.begin(counting(new Work(Duration.ofHours(1), true), early));
      assertThat(early.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(late.getCount()).isEqualTo(1);
    }
  }

  private static Work counting(Work as, CountDownLatch runs) {
    return new Work(as.pause, as.atStart) {
      @Override
      public void run() {
        runs.countDown();
      }
    };
  }

  private static class Work implements RecurringWork {
    private final Duration pause;
    private final boolean atStart;

    Work(Duration pause, boolean atStart) {
      this.pause = pause;
      this.atStart = atStart;
    }

    @Override
    public String name() {
      return "work";
    }

    @Override
    public Duration pause() {
      return pause;
    }

    @Override
    public boolean atStart() {
      return atStart;
    }

    @Override
    public void run() {}
  }
}
