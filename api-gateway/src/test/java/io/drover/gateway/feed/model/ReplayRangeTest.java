package io.drover.gateway.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.feed.model.ReplayRange.NeverKept;
import io.drover.gateway.feed.model.ReplayRange.Partition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayRangeTest {
  private static Optional<ReplayRange> read(@Nullable Long kept, long read) {
    return ReplayRange.read(new Partition(kept, read, 10, 100), NeverKept.HAS_NOTHING);
  }

  private static Optional<ReplayRange> unread(@Nullable Long kept, long read) {
    return ReplayRange.unread(new Partition(kept, read, 10, 100));
  }

  @Test
  void whatTheGroupHasReadAndTheDatabaseHasNotIsReplayed() {
    assertThat(read(40L, 90)).contains(new ReplayRange(40, 90));
    assertThat(read(90L, 90)).isEmpty();
    assertThat(read(95L, 90)).isEmpty();
    assertThat(read(40L, 0)).isEmpty();
  }

  @Test
  void whatTheGroupHasNotReadFollowsThat() {
    assertThat(unread(40L, 90)).contains(new ReplayRange(90, 100));
    assertThat(unread(95L, 90)).contains(new ReplayRange(95, 100));
    assertThat(unread(40L, 100)).isEmpty();
    assertThat(unread(null, 0)).contains(new ReplayRange(10, 100));
  }

  @Test
  void whatTheTopicHasNoMoreIsPassedOver() {
    assertThat(read(3L, 90)).contains(new ReplayRange(10, 90));
  }

  @Test
  void aTopicThatWasRecreatedIsLeftToTheGroup() {
    assertThat(read(500L, 90)).isEmpty();
    assertThat(unread(500L, 90)).isEmpty();
  }

  @Test
  void aDatabaseWithoutPositionsHasAllOrNothingOfWhatWasRead() {
    assertThat(read(null, 90)).contains(new ReplayRange(10, 90));
    assertThat(ReplayRange.read(new Partition(null, 90, 10, 100), NeverKept.HAS_ALL)).isEmpty();
  }
}
