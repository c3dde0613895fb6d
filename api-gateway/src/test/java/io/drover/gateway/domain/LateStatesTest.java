package io.drover.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateStatesTest {
  private final LateStates states = new LateStates();

  @Test
  void aStateIsLateBehindANewerOneOfTheSameDomain() {
    assertThat(states.isLate("a", 5)).isFalse();
    assertThat(states.isLate("b", 3)).isFalse();
    assertThat(states.isLate("a", 7)).isFalse();
    assertThat(states.isLate("a", 7)).as("again").isFalse();
    assertThat(states.isLate("a", 5)).isTrue();
  }

  @Test
  void afterTheRestoreOfAnOlderDatabaseOneRepairIsEnough() {
    states.isLate("a", 1_000);
    assertThat(states.isLate("a", 10)).isTrue();
    assertThat(states.isLate("a", 11)).as("what the repair has published").isFalse();
  }
}
