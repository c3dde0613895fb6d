package io.drover.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerClockTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final Machine machine = new Machine();
  private final ServerClock clock = new ServerClock(machine);

  @Test
  void isTheMachinesUntilTheServerHasAnswered() {
    machine.time = NOON;
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void isTheServersWhateverTheMachineShows() {
    machine.time = NOON.plus(Duration.ofHours(1));
    assertThat(clock.set(NOON, clock.nanos())).contains(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void isNotChangedByAStepOfTheMachinesClock() {
    machine.time = NOON;
    clock.set(NOON, clock.nanos());
    machine.time = NOON.minus(Duration.ofHours(1));
    machine.pass(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void countsHalfOfTheWayOfTheAnswer() {
    long asked = clock.nanos();
    machine.pass(Duration.ofMillis(500));
    clock.set(NOON, asked);
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(250));
  }

  @Test
  void doesNotUseAnAnswerThatTookLong() {
    clock.set(NOON, clock.nanos());
    long asked = clock.nanos();
    machine.pass(Duration.ofSeconds(2));
    assertThat(clock.set(NOON.plus(Duration.ofHours(1)), asked)).isEmpty();
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
  }

  private static final class Machine implements TimeSource {
    private Instant time = Instant.EPOCH;
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
