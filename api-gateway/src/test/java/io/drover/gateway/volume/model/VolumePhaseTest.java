package io.drover.gateway.volume.model;

import static io.drover.gateway.volume.model.VolumePhase.DELETED;
import static io.drover.gateway.volume.model.VolumePhase.DELETING;
import static io.drover.gateway.volume.model.VolumePhase.FAILED;
import static io.drover.gateway.volume.model.VolumePhase.PLACED;
import static io.drover.gateway.volume.model.VolumePhase.READY;
import static io.drover.gateway.volume.model.VolumePhase.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VolumePhaseTest {
  private static final Map<VolumePhase, Set<VolumePhase>> LEGAL =
      Map.of(
          REQUESTED, Set.of(PLACED, READY, FAILED, DELETED),
          PLACED, Set.of(PLACED, READY, FAILED, DELETED),
          READY, Set.of(DELETED),
          FAILED, Set.of(DELETED),
          DELETING, Set.of(DELETED),
          DELETED, Set.of());

  @Test
  void everyPairIsLegalOrIllegalAsTheTableSays() {
    for (VolumePhase from : VolumePhase.values()) {
      for (VolumePhase to : VolumePhase.values()) {
        assertThat(from.canBecome(to))
            .as(from + " to " + to)
            .isEqualTo(LEGAL.get(from).contains(to));
      }
    }
  }
}
