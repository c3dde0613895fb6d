package io.drover.agent.command;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.StartDomain;
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
   * @param epochs of the agent, of which it knows what it has done
   * @param knownGeneration the newest generation of the subject that this host has seen; 0 for none
   */
  static Optional<Problem> refuse(
      HostCommand command, Epochs epochs, long knownGeneration, Instant now) {
    CommandHeader header = command.header();
    if (!epochs.include(header.hostEpoch())) {
      return superseded(
          "The command is for epoch "
              + header.hostEpoch()
              + " of this agent, whose journal of commands begins with epoch "
              + epochs.first()
              + " and which is now in epoch "
              + epochs.current()
              + "; ask again, which places it by the host's latest report.");
    }
    if (header.generation() < knownGeneration) {
      return superseded(
          "The command is of generation "
              + header.generation()
              + ", the host already has generation "
              + knownGeneration
              + "; the newer one stands.");
    }
    if (command instanceof StartDomain && header.generation() == knownGeneration) {
      // A generation begins with its start: one that comes later has been ended before it began.
      return superseded(
          "The start is of generation "
              + header.generation()
              + ", of which the host has had a command already; start the domain again, which gives"
              + " it a new generation.");
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
