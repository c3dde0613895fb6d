package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdentityIT {
  @TempDir Path folder;

  @Test
  void theIdStaysAndTheEpochGrowsWithEachStart() {
    HostIdentity first = begin(Optional.empty());
    HostIdentity second = begin(Optional.empty());
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(first.epoch()).isEqualTo(1);
    assertThat(second.epoch()).isEqualTo(2);
  }

  @Test
  void takesTheIdThatTheOperatorGives() {
    String id = UUID.randomUUID().toString();
    assertThat(begin(Optional.of(id)).id()).hasToString(id);
    assertThat(begin(Optional.empty()).id()).hasToString(id);
  }

  @Test
  void refusesTheRootOfAnotherHost() {
    begin(Optional.empty());
    assertThatThrownBy(() -> begin(Optional.of(UUID.randomUUID().toString())))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DROVER_HOST_ID");
  }

  private HostIdentity begin(Optional<String> id) {
    return HostIdentity.begin(folder, id, "host", IdSource.random());
  }
}
