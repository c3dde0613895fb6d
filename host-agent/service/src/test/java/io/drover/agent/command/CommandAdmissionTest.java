package io.drover.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.agent.testkit.Commands;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.time.Instant;
import java.util.List;
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

  @Test
  void refusesAStartThatComesAfterAnotherCommandOfItsGeneration() {
    CommandHeader header = Commands.header(UUID.randomUUID(), 5, 3, NOW.plusSeconds(1));
    HostCommand start = new StartDomain(header, "d", "<domain/>", List.of());
    assertThat(CommandAdmission.refuse(start, 3, 4, NOW)).isEmpty();
    assertThat(CommandAdmission.refuse(start, 3, 5, NOW).orElseThrow().code())
        .isEqualTo(ErrorCode.SUPERSEDED);
  }

  private static Optional<Problem> refuse(
      long generation, long epoch, long known, Instant expiresAt) {
    CommandHeader header = Commands.header(UUID.randomUUID(), generation, epoch, expiresAt);
    return CommandAdmission.refuse(new StopDomain(header, StopMode.DESTROY), 3, known, NOW);
  }
}
