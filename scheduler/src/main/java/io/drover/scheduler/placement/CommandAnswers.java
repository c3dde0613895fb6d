package io.drover.scheduler.placement;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.StopDomain;
import io.drover.scheduler.placement.CommandProcessor.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to each kind of command; fails at the start when a kind has none. */
@ApplicationScoped
class CommandAnswers {
  private final Map<Class<? extends SchedulerCommand>, Answer> answers;

  CommandAnswers(
      PlacingDomain placingDomain,
      PlacingVolume placingVolume,
      ForwardingCommand forwarding,
      AdmittingHost administering) {
    this.answers =
        Map.of(
            PlaceDomain.class, placingDomain,
            PlaceVolume.class, placingVolume,
            StopDomain.class, forwarding,
            DeleteDomain.class, forwarding,
            DeleteVolume.class, forwarding,
            OperateDomain.class, forwarding,
            AbortOperation.class, forwarding,
            AdministerHost.class, administering);
    if (!answers.keySet().equals(Set.copyOf(commands()))) {
      throw new IllegalStateException("A command has no answer: " + commands());
    }
  }

  private static List<Class<?>> commands() {
    return Arrays.asList(SchedulerCommand.class.getPermittedSubclasses());
  }

  Answer to(SchedulerCommand command) {
    Answer answer = answers.get(command.getClass());
    if (answer == null) {
      throw new IllegalStateException("No answer to " + command.getClass());
    }
    return answer;
  }
}
