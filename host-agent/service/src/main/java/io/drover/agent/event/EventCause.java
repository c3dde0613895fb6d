package io.drover.agent.event;

import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.MessageTypes;
import java.util.UUID;

/**
 * What an event comes from. The same fact of the same cause has the same id: command, operation,
 * type of the event and step.
 */
public record EventCause(UUID id, String what) {
  public static EventCause of(CommandId command) {
    return new EventCause(command.value(), "command");
  }

  /** One run of a domain: it begins once and ends once. */
  public static EventCause ofRun(DomainId domain, long generation) {
    return new EventCause(domain.value(), "run " + generation);
  }

  UUID idOf(EventSubject about, Event event) {
    return DerivedId.of(
        id,
        String.join(
            "/",
            what,
            String.valueOf(about.operationId()),
            MessageTypes.of(event.getClass()),
            part(event)));
  }

  private static String part(Event event) {
    if (event instanceof StepCompleted step) {
      return step.step();
    }
    return event instanceof OperationProgressed progress ? Long.toString(progress.done()) : "";
  }
}
