package io.drover.scheduler.placement;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.PlacementRefused;
import io.drover.scheduler.placement.model.PlacementDecision.NoHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of refusals: which value, which limit, what to do. */
final class Refusals {
  private Refusals() {}

  static PlacementRefused noHost(NoHost decision) {
    return new PlacementRefused(
        Problem.of(ErrorCode.NO_VALID_HOST, explain(decision)),
        decision.hosts(),
        decision.filters(),
        decision.nearestMiss());
  }

  private static String explain(NoHost decision) {
    if (decision.hosts() == 0) {
      return "No host has reported yet; start a host agent and ask again.";
    }
    String counts =
        decision.filters().stream()
            .map(filter -> filter.name() + " removed " + filter.removed())
            .collect(Collectors.joining(", "));
    return "Of %d %s none is left: %s. The nearest miss %s. Ask for less, or again when there is room."
        .formatted(
            decision.hosts(),
            decision.hosts() == 1 ? "host" : "hosts",
            counts,
            decision.nearestMiss());
  }

  static PlacementRefused because(Problem problem) {
    List<PlacementRefused.Filter> none = List.of();
    return new PlacementRefused(problem, 0, none, "");
  }

  static PlacementRefused lostRaces(int times) {
    return because(
        Problem.of(
            ErrorCode.TOO_MANY_REQUESTS,
            "Others took the room on every host %d times in a row; ask again.".formatted(times)));
  }

  static Optional<Problem> expired(CommandHeader header, Instant now) {
    return now.isBefore(header.expiresAt())
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                ErrorCode.EXPIRED,
                "The command expired at %s, the scheduler came to it at %s; ask again."
                    .formatted(header.expiresAt(), now)));
  }

  static Problem deleted(String what) {
    return Problem.of(
        ErrorCode.INVALID_STATE, "The " + what + " was deleted; create a new one instead.");
  }
}
