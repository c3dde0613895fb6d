package io.drover.gateway.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drover.contracts.command.Resources;
import io.drover.contracts.error.Problem;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.report.HostState;
import io.drover.gateway.domain.model.Desired;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A domain as the API and the topic of states show it.
 *
 * @param unreachableSince when its host last reported, of a started domain whose host is down; null
 *     else, and in what is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DomainView(
    DomainId id,
    String name,
    Desired desired,
    DomainPhase phase,
    @Nullable Instant unreachableSince,
    @Nullable Observed observed,
    Resources resources,
    List<VolumeRef> volumes,
    @Nullable HostRef host,
    @Nullable String accelerator,
    long generation,
    long version,
    @Nullable Problem lastProblem,
    Instant createdAt) {
  record VolumeRef(VolumeId id, String name) {}

  record HostRef(HostId id, String name) {}

  /** What the host last said, and how old that is, in seconds. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Observed(
      String state,
      String reason,
      Instant at,
      @Nullable Double ageSeconds,
      @Nullable Double hostReportAgeSeconds) {}

  /** The view without ages, for a record that is read at another time. */
  static DomainView lasting(TenantDomain domain) {
    return of(
        domain,
        null,
        observation ->
            new Observed(observation.state(), observation.reason(), observation.at(), null, null));
  }

  /**
   * The view at this instant. What was started and whose host is down is shown as its host last
   * said it is, and as unreachable: a phase is never lost by silence.
   */
  static DomainView at(TenantDomain domain, Instant now, Optional<HostState> host) {
    Optional<Instant> hostReport = host.map(HostState::reportedAt);
    boolean unreachable = !domain.phase().atRest() && host.filter(it -> !it.up()).isPresent();
    return of(
        domain,
        unreachable ? hostReport.orElse(null) : null,
        observation ->
            new Observed(
                observation.state(),
                observation.reason(),
                observation.at(),
                seconds(observation.at(), now),
                hostReport.map(at -> seconds(at, now)).orElse(null)));
  }

  private interface Shown {
    Observed of(DomainConditions.Observation observation);
  }

  private static DomainView of(
      TenantDomain domain, @Nullable Instant unreachableSince, Shown shown) {
    DomainConditions state = domain.state();
    return new DomainView(
        domain.id(),
        domain.name(),
        state.desired(),
        state.phase(),
        unreachableSince,
        state.observed() == null ? null : shown.of(state.observed()),
        domain.resources(),
        domain.volumes().stream()
            .map(volume -> new VolumeRef(volume.volumeId(), volume.name()))
            .toList(),
        state.host() == null ? null : new HostRef(state.host().id(), state.host().name()),
        state.accelerator(),
        state.generation(),
        domain.version(),
        state.lastProblem(),
        domain.createdAt());
  }

  private static double seconds(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toMillis()) / 1_000.0;
  }
}
