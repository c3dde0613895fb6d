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
  private static final Epochs EPOCHS = new Epochs(2, 3);

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
  void takesACommandOfAFormerEpochThatTheJournalKnows() {
    assertThat(refuse(5, 2, 5, NOW.plusSeconds(1))).isEmpty();
  }

  @Test
  void refusesAnEpochBeforeTheJournalAndALaterOneBeforeAnythingElse() {
    Problem before = refuse(4, 1, 5, NOW.minusSeconds(1)).orElseThrow();
    assertThat(before.code()).isEqualTo(ErrorCode.SUPERSEDED);
    assertThat(before.detail()).contains("epoch 1", "begins with epoch 2", "now in epoch 3");
    Problem later = refuse(5, 4, 5, NOW.plusSeconds(1)).orElseThrow();
    assertThat(later.code()).isEqualTo(ErrorCode.SUPERSEDED);
  }

  @Test
  void refusesACommandAtItsExpiry() {
    assertThat(refuse(5, 3, 5, NOW).orElseThrow().code()).isEqualTo(ErrorCode.EXPIRED);
  }

  @Test
  void refusesAStartThatComesAfterAnotherCommandOfItsGeneration() {
    CommandHeader header = Commands.header(UUID.randomUUID(), 5, 3, NOW.plusSeconds(1));
    HostCommand start = new StartDomain(header, "d", "<domain/>", List.of());
    assertThat(CommandAdmission.refuse(start, EPOCHS, 4, NOW)).isEmpty();
    assertThat(CommandAdmission.refuse(start, EPOCHS, 5, NOW).orElseThrow().code())
        .isEqualTo(ErrorCode.SUPERSEDED);
  }

  private static Optional<Problem> refuse(
      long generation, long epoch, long known, Instant expiresAt) {
    CommandHeader header = Commands.header(UUID.randomUUID(), generation, epoch, expiresAt);
    return CommandAdmission.refuse(new StopDomain(header, StopMode.DESTROY), EPOCHS, known, NOW);
  }
}
