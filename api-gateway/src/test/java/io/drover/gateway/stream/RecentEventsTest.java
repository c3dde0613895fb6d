package io.drover.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
  private static StreamEvent event(int partition, long offset) {
    return new StreamEvent(partition, offset, "t", "p", "s", "o", "{}");
  }

  @Test
  void whatFellOutIsNoLongerCovered() {
    RecentEvents recent = new RecentEvents(2, StreamPosition.of(Map.of(0, 0L, 1, 0L)));
    StreamPosition start = recent.oldest();
    recent.add(event(0, 0));
    recent.add(event(1, 0));
    assertThat(recent.covers(start)).isTrue();
    recent.add(event(1, 1));
    assertThat(recent.covers(start)).isFalse();
    start.advance(0, 0);
    assertThat(recent.covers(start)).isTrue();
  }

  @Test
  void aPartitionThatIsAddedContinuesTheStream() {
    RecentEvents recent = new RecentEvents(2, StreamPosition.of(Map.of(0, 3L)));
    StreamPosition before = recent.end();
    StreamPosition more = StreamPosition.of(Map.of(0, 3L, 1, 0L));
    assertThat(recent.continuesAt(more)).isTrue();
    recent.grow(more);
    assertThat(recent.partitions()).isEqualTo(2);
    assertThat(recent.covers(before)).isTrue();
    assertThat(recent.add(event(1, 0))).isTrue();
    assertThat(recent.continuesAt(StreamPosition.of(Map.of(0, 3L)))).isFalse();
  }

  @Test
  void aRepetitionIsNotTakenAgain() {
    RecentEvents recent = new RecentEvents(2, StreamPosition.of(Map.of(0, 3L)));
    assertThat(recent.add(event(0, 2))).isFalse();
    assertThat(recent.add(event(0, 3))).isTrue();
    assertThat(recent.add(event(0, 3))).isFalse();
  }
}
