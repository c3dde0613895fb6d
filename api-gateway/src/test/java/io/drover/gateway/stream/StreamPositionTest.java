package io.drover.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamPositionTest {
  @Test
  void aPositionIsReadBackAsItWas() {
    StreamPosition position =
        StreamPosition.of(Map.of(0, 0L, 1, 127L, 2, 128L, 3, 1L << 40, 4, Long.MAX_VALUE >> 1));
    StreamPosition read = StreamPosition.parse(position.text(), 5);
    for (int partition = 0; partition < 5; partition++) {
      assertThat(read.next(partition)).isEqualTo(position.next(partition));
    }
  }

  @Test
  void whatIsNoPositionIsRefused() {
    String good = StreamPosition.of(Map.of(0, 5L)).text();
    for (String bad :
        new String[] {"", "x", "AAAA", good + "AA", "_".repeat(50), "A".repeat(9_000)}) {
      assertThatThrownBy(() -> StreamPosition.parse(bad, 1)).isInstanceOf(ProblemException.class);
    }
    String ofMore = StreamPosition.of(Map.of(0, 5L, 1, 5L)).text();
    assertThatThrownBy(() -> StreamPosition.parse(ofMore, 1)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aPartitionThatWasAddedSinceIsAtItsBeginning() {
    StreamPosition position = StreamPosition.parse(StreamPosition.of(Map.of(0, 5L)).text(), 3);
    assertThat(position.next(2)).isZero();
    assertThat(position.reaches(StreamPosition.of(Map.of(0, 5L, 1, 0L, 2, 0L)))).isTrue();
    assertThat(position.reaches(StreamPosition.of(Map.of(0, 5L, 1, 0L, 2, 1L)))).isFalse();
    assertThat(position.advance(2, 0)).isTrue();
    assertThat(StreamPosition.parse(position.text(), 3).next(2)).isEqualTo(1);
  }

  @Test
  void anOffsetThatWasPassedIsNotPassedAgain() {
    StreamPosition position = StreamPosition.of(Map.of(0, 5L));
    assertThat(position.advance(0, 4)).isFalse();
    assertThat(position.advance(0, 5)).isTrue();
    assertThat(position.advance(0, 5)).isFalse();
  }
}
