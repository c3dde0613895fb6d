package io.drover.gateway.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DomainPhaseTest {
  /** The whole table, written a second time on purpose. */
  private static final Map<String, Set<String>> LEGAL =
      Map.of(
          "DEFINED", Set.of("PLACED", "RUNNING", "FAILED", "DELETED"),
          "PLACED", Set.of("PLACED", "RUNNING", "STOPPED", "FAILED", "DELETED"),
          "RUNNING", Set.of("STOPPED", "FAILED", "DELETED"),
          "STOPPED", Set.of("PLACED", "RUNNING", "FAILED", "DELETED"),
          "FAILED", Set.of("PLACED", "RUNNING", "FAILED", "DELETED"),
          "DELETED", Set.of());

  @Test
  void everyPairIsLegalOrIllegalAsTheTableSays() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (DomainPhase from : DomainPhase.values()) {
      Set<String> next = new TreeSet<>();
      for (DomainPhase to : DomainPhase.values()) {
        if (from.canBecome(to)) {
          next.add(to.name());
        }
      }
      found.put(from.name(), next);
    }
    assertThat(found).isEqualTo(LEGAL);
  }

  @Test
  void whatIsAtRestCanBePlaced() {
    for (DomainPhase phase : DomainPhase.values()) {
      if (phase.atRest()) {
        assertThat(phase.canBecome(DomainPhase.PLACED)).isTrue();
      }
    }
  }
}
