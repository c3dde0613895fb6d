package io.drover.gateway.domain.model;

import io.drover.contracts.error.Problem;
import io.drover.contracts.id.HostId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a domain: three columns, never one status.
 *
 * @param desired what the tenant asked for
 * @param phase the last stable state
 * @param observed what the host last reported; null before it has
 * @param generation of the claim that was seen last
 * @param host where it was placed last; null before the first placement
 * @param accelerator {@code kvm} or {@code tcg}; null unless it runs
 * @param lastProblem why the last action failed; null when it did not
 */
public record DomainConditions(
    Desired desired,
    DomainPhase phase,
    @Nullable Observation observed,
    long generation,
    @Nullable AssignedHost host,
    @Nullable String accelerator,
    @Nullable Problem lastProblem) {
  /** libvirt's state and reason, and when the host said so. */
  public record Observation(String state, String reason, Instant at) {}

  /** The host of a domain and where its agent listens. */
  public record AssignedHost(HostId id, String name, URI agentUrl) {}

  public static DomainConditions defined(Desired desired) {
    return new DomainConditions(desired, DomainPhase.DEFINED, null, 0, null, null, null);
  }

  DomainConditions withPhase(DomainPhase next) {
    return new DomainConditions(
        desired, next, observed, generation, host, accelerator, lastProblem);
  }

  public DomainConditions withDesired(Desired next) {
    return new DomainConditions(next, phase, observed, generation, host, accelerator, lastProblem);
  }

  /**
   * The same once the gateway waits for an action no longer.
   *
   * @param start whether the action was a start
   */
  public DomainConditions givenUp(Problem problem, boolean start) {
    boolean unwanted = start && phase.atRest() && desired == Desired.RUNNING;
    return (unwanted ? withDesired(Desired.STOPPED) : this).withProblem(problem);
  }

  DomainConditions withObserved(Observation next) {
    return new DomainConditions(desired, phase, next, generation, host, accelerator, lastProblem);
  }

  DomainConditions withGeneration(long next) {
    return new DomainConditions(desired, phase, observed, next, host, accelerator, lastProblem);
  }

  DomainConditions withHost(AssignedHost next) {
    return new DomainConditions(
        desired, phase, observed, generation, next, accelerator, lastProblem);
  }

  DomainConditions withAccelerator(@Nullable String next) {
    return new DomainConditions(desired, phase, observed, generation, host, next, lastProblem);
  }

  DomainConditions withProblem(@Nullable Problem next) {
    return new DomainConditions(desired, phase, observed, generation, host, accelerator, next);
  }
}
