package io.drover.agent.command;

import io.drover.contracts.command.HostCommand;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import java.util.ArrayList;
import java.util.List;

/** Does nothing with a command but to remember it. */
record RememberingHandler<C extends HostCommand>(Class<C> handles, List<HostCommand> handled)
    implements CommandHandler<C> {
  /** One for each kind of command, which all add to the list. */
  static List<CommandHandler<?>> ofAll(List<HostCommand> handled) {
    List<CommandHandler<?>> handlers = new ArrayList<>();
    for (Class<?> kind : HostCommand.class.getPermittedSubclasses()) {
      handlers.add(new RememberingHandler<>(kind.asSubclass(HostCommand.class), handled));
    }
    return handlers;
  }

  @Override
  public Outcome handle(C command, CommandRun run) {
    handled.add(command);
    return Outcome.DONE;
  }

  @Override
  public Event failure(C command, Problem problem, String step) {
    return new DomainFailed(problem, step, false);
  }
}
