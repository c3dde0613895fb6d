package io.drover.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

  @Test
  void endsItsProcessWhenTheClockOfTheMachineIsSetBack() throws InterruptedException {
    AtomicReference<Instant> shown = new AtomicReference<>(Instant.EPOCH.plusSeconds(10_000));
    BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    List<String> errors = new CopyOnWriteArrayList<>();
    TimeSource machine =
        new TimeSource() {
          @Override
          public Instant instant() {
            return shown.get();
          }

          @Override
          public long nanos() {
            return 0;
          }
        };
    try (WorkTimer guarded =
        WorkTimer.ofProcess(machine, (text, cause) -> errors.add(text), exits::add)) {
      guarded.begin(new Work(Duration.ofHours(1), false));
      shown.set(Instant.EPOCH.plusSeconds(6_400));
      assertThat(exits.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(75);
    }
    assertThat(errors).singleElement().asString().contains("set back by 3600 s", "start it again");
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
