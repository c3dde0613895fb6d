package io.drover.contracts.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time of day of a server that several programs ask, so that they agree on it whatever the
 * clocks of their machines show. Between two answers the monotonic clock counts: a step of the
 * machine's clock changes nothing. Until the first answer it is the machine's time. Thread-safe.
 */
public final class ServerClock implements TimeSource {
  /** An answer that took longer says too little. */
  private static final Duration LONGEST_WAY = Duration.ofSeconds(1);

  private final TimeSource machine;
  private volatile @Nullable Answer last;

  /** What the server's clock showed when the ticker showed this. */
  private record Answer(Instant at, long nanos) {}

  public ServerClock(TimeSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    Answer known = last;
    return known == null
        ? machine.instant()
        : known.at().plusNanos(machine.nanos() - known.nanos());
  }

  /** The monotonic clock of this machine. */
  @Override
  public long nanos() {
    return machine.nanos();
  }

  /**
   * Takes the server's answer.
   *
   * @param at what the server's clock showed
   * @param asked {@link #nanos} when it was asked
   * @return how far the machine's clock is ahead of the server's; empty when the answer took so
   *     long that it is not used
   */
  public Optional<Duration> set(Instant at, long asked) {
    long now = machine.nanos();
    long way = now - asked;
    if (way > LONGEST_WAY.toNanos()) {
      return Optional.empty();
    }
    last = new Answer(at.plusNanos(way / 2), now);
    return Optional.of(Duration.between(instant(), machine.instant()));
  }
}
