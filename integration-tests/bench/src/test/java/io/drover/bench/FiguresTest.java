package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void theMedianOfAnEvenCountLiesBetweenTheMiddleTwo() {
    assertThat(Figures.of(List.of(40L, 10L, 30L, 20L))).isEqualTo(new Figures(4, 10, 25, 40, 40));
  }

  @Test
  void ninetyFiveOfAHundredDoNotExceedP95() {
    assertThat(Figures.of(LongStream.rangeClosed(1, 100).boxed().toList()).p95()).isEqualTo(95);
  }

  @Test
  void theRatioIsThatOfTheMedians() {
    assertThat(Figures.of(List.of(30L)).times(Figures.of(List.of(20L)))).isEqualTo(1.5);
  }

  @Test
  void nothingHasNoFigures() {
    assertThatThrownBy(() -> Figures.of(List.of())).hasMessageContaining("no runs");
  }
}
