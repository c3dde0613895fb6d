package io.drover.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.request.CallerSlots.Refusal;
import org.junit.jupiter.api.Test;

class CallerSlotsTest {
  private final CallerSlots slots = new CallerSlots(2, 3);

  @Test
  void aCallerHasSoManyAtOnceAndAnotherHasItsOwn() {
    assertThat(slots.begin("a", false)).isEmpty();
    assertThat(slots.begin("a", false)).isEmpty();
    assertThat(slots.begin("a", false)).contains(Refusal.CALLER);
    assertThat(slots.begin("b", false)).isEmpty();
    slots.end("a", false);
    assertThat(slots.begin("a", false)).isEmpty();
  }

  @Test
  void allTogetherHaveSoManyAndWhoHasAReserveHasMore() {
    slots.begin("a", false);
    slots.begin("a", false);
    slots.begin("b", false);
    assertThat(slots.begin("c", false)).contains(Refusal.ALL);
    assertThat(slots.begin("operator", true)).isEmpty();
    assertThat(slots.underWay()).isEqualTo(4);
    slots.end("operator", true);
    assertThat(slots.begin("c", false)).contains(Refusal.ALL);
    slots.end("b", false);
    assertThat(slots.begin("c", false)).isEmpty();
  }
}
