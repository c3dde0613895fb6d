package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.agent.testkit.Commands;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandAdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void takesACommandOfThisEpochAndTheSameOrANewerGeneration() {
    assertThat(refuse(5, 3, 5, NOW.plusSeconds(1))).isEmpty();
    assertThat(refuse(6, 3, 5, NOW.plusSeconds(1))).isEmpty();
  }

  @Test
  void refusesAnOlderGenerationAndNamesBoth() {
    Problem problem = refuse(4, 3, 5, NOW.plusSeconds(1)).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.SUPERSEDED);
    assertThat(problem.detail()).contains("generation 4", "generation 5");
  }

  @Test
  void refusesAnotherEpochBeforeAnythingElse() {
    Problem problem = refuse(4, 2, 5, NOW.minusSeconds(1)).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.SUPERSEDED);
    assertThat(problem.detail()).contains("epoch 2", "epoch 3");
  }

  @Test
  void refusesACommandAtItsExpiry() {
    assertThat(refuse(5, 3, 5, NOW).orElseThrow().code()).isEqualTo(ErrorCode.EXPIRED);
  }

  private static Optional<Problem> refuse(
      long generation, long epoch, long known, Instant expiresAt) {
    CommandHeader header = Commands.header(UUID.randomUUID(), generation, epoch, expiresAt);
    return CommandAdmission.refuse(header, 3, known, NOW);
  }
}
