package io.drover.agent.command;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a command may still be carried out here. Pure. */
final class CommandAdmission {
  private CommandAdmission() {}

  /**
   * The reason to refuse; empty to take the command.
   *
   * @param knownGeneration the newest generation of the subject that this host has seen; 0 for none
   */
  static Optional<Problem> refuse(
      CommandHeader header, long epoch, long knownGeneration, Instant now) {
    if (header.hostEpoch() != epoch) {
      return superseded(
          "The command is for epoch "
              + header.hostEpoch()
              + " of this agent, which is now in epoch "
              + epoch
              + "; place it again with the host's latest report.");
    }
    if (header.generation() < knownGeneration) {
      return superseded(
          "The command is of generation "
              + header.generation()
              + ", the host already has generation "
              + knownGeneration
              + "; the newer one stands.");
    }
    if (!now.isBefore(header.expiresAt())) {
      return Optional.of(expired(header, now));
    }
    return Optional.empty();
  }

  static Problem expired(CommandHeader header, Instant now) {
    return Problem.of(
        ErrorCode.EXPIRED,
        "The command expired at " + header.expiresAt() + ", it is " + now + "; ask again.");
  }

  private static Optional<Problem> superseded(String detail) {
    return Optional.of(Problem.of(ErrorCode.SUPERSEDED, detail));
  }
}
