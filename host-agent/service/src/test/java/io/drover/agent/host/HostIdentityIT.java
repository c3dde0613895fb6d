package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdentityIT {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  @Test
  void theIdStaysAndTheEpochGrowsWithEachStart() {
    HostIdentity first = begin(Optional.empty());
    HostIdentity second = begin(Optional.empty());
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(first.epoch()).isEqualTo(NOW.getEpochSecond());
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
  }

  @Test
  void theEpochOfAHostThatIsInstalledAnewIsLaterThanThoseOfItsFormerLife() throws Exception {
    String id = UUID.randomUUID().toString();
    long former = 0;
    for (int start = 0; start < 5; start++) {
      former = begin(Optional.of(id)).epoch();
    }
    HostIdentity anew =
        HostIdentity.begin(
            Files.createDirectory(folder.resolve("wiped")),
            Optional.of(id),
            "host",
            IdSource.random(),
            () -> NOW.plusSeconds(60));
    assertThat(anew.epoch()).isGreaterThan(former);
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
    return HostIdentity.begin(folder, id, "host", IdSource.random(), () -> NOW);
  }
}
