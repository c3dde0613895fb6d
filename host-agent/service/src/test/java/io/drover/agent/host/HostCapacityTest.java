package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostCapacityTest {
  private static final String MEMINFO = "MemTotal:       24576000 kB\nMemFree:  1 kB\n";

  @Test
  void processorsAreOvercommittedAndMemoryIsNot() {
    assertThat(HostCapacity.of(2, MEMINFO, 4.0, 1000)).isEqualTo(new HostCapacity(8, 23_000));
  }

  @Test
  void aReserveLargerThanTheMemoryLeavesNothing() {
    assertThat(HostCapacity.of(1, MEMINFO, 0.5, 100_000)).isEqualTo(new HostCapacity(1, 0));
  }
}
