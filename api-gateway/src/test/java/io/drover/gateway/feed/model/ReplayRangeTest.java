package io.drover.gateway.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.feed.model.ReplayRange.NeverKept;
import io.drover.gateway.feed.model.ReplayRange.Partition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayRangeTest {
  private static Optional<ReplayRange> range(@Nullable Long kept, @Nullable Long read) {
    return ReplayRange.of(new Partition(kept, read, 10, 100), NeverKept.HAS_NOTHING);
  }

  @Test
  void whatTheGroupHasReadAndTheDatabaseHasNotIsReplayed() {
    assertThat(range(40L, 90L)).contains(new ReplayRange(40, 90));
  }

  @Test
  void whatTheGroupReadsItselfIsNotReplayed() {
    assertThat(range(90L, 90L)).isEmpty();
    assertThat(range(95L, 90L)).isEmpty();
    assertThat(range(40L, null)).isEmpty();
  }

  @Test
  void whatTheTopicHasNoMoreIsPassedOver() {
    assertThat(range(3L, 90L)).contains(new ReplayRange(10, 90));
  }

  @Test
  void aTopicThatWasMadeAnewIsLeftToTheGroup() {
    assertThat(range(500L, 90L)).isEmpty();
  }

  @Test
  void aDatabaseWithoutPositionsHasAllOrNothing() {
    assertThat(range(null, 90L)).contains(new ReplayRange(10, 90));
    assertThat(ReplayRange.of(new Partition(null, 90L, 10, 100), NeverKept.HAS_ALL)).isEmpty();
  }
}
