package io.drover.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockStepWatchTest {
  private final Machine machine = new Machine();
  private final List<Duration> steps = new ArrayList<>();
  private final ClockStepWatch watch = new ClockStepWatch(machine, steps::add);

  @Test
  void tellsAStepBackOnce() {
    machine.pass(Duration.ofSeconds(1));
    machine.time = machine.time.minus(Duration.ofHours(1));
    watch.run();
    watch.run();
    assertThat(steps).containsExactly(Duration.ofHours(1));
  }

  @Test
  void tellsTheEndOfAStepForward() {
    machine.time = machine.time.plus(Duration.ofHours(1));
    watch.run();
    assertThat(steps).isEmpty();
    machine.time = machine.time.minus(Duration.ofHours(1));
    watch.run();
    assertThat(steps).containsExactly(Duration.ofHours(1));
  }

  @Test
  void isSilentWhileTimePasses() {
    machine.pass(Duration.ofMinutes(5));
    watch.run();
    machine.time = machine.time.minus(Duration.ofSeconds(9));
    watch.run();
    assertThat(steps).isEmpty();
  }

  private static final class Machine implements TimeSource {
    private Instant time = Instant.parse("2026-11-29T12:00:00Z");
    private long nanos = -7;

    void pass(Duration by) {
      nanos += by.toNanos();
      time = time.plus(by);
    }

    @Override
    public Instant instant() {
      return time;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
