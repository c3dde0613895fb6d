package io.drover.agent.command;

import io.drover.contracts.command.HostCommand;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.Event;

/**
 * Carries out one kind of command. Called on the subject's serial executor, so a handler may block:
 * it holds up its own subject only. After a crash it is called again with the same command and must
 * converge instead of doing things twice.
 */
public interface CommandHandler<C extends HostCommand> {
  /** What became of a command when its handler returns. */
  enum Outcome {
    /** All was announced. */
    DONE,
    /** The end comes later; then {@link CommandRun#finish} is called. */
    WAITING
  }

  Class<C> handles();

  /**
   * Does it, or throws after nothing of it is left.
   *
   * @throws io.drover.contracts.error.ProblemException what went wrong, for the tenant
   */
  Outcome handle(C command, CommandRun run);

  /** The event that says that the command failed. */
  Event failure(C command, Problem problem, String step);
}
