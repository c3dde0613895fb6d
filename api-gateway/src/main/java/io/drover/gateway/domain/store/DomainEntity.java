package io.drover.gateway.domain.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.Resources;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.error.Problem;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.domain.model.Desired;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.DomainConditions.AssignedHost;
import io.drover.gateway.domain.model.DomainConditions.Observation;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "Domain")
@Table(name = "domains")
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class DomainEntity {
  @Id UUID id;

  @Column(name = "project_id")
  UUID projectId;

  String name;
  String definition;

  @Column(name = "live_definition")
  @Nullable String liveDefinition;

  int vcpus;

  @Column(name = "memory_mib")
  long memoryMib;

  String volumes;

  @Column(name = "operator_defined")
  boolean operatorDefined;

  @Enumerated(EnumType.STRING)
  Desired desired;

  @Enumerated(EnumType.STRING)
  DomainPhase phase;

  @Column(name = "observed_state")
  @Nullable String observedState;

  @Column(name = "observed_reason")
  @Nullable String observedReason;

  @Column(name = "observed_at")
  @Nullable Instant observedAt;

  long generation;

  @Column(name = "host_id")
  @Nullable UUID hostId;

  @Column(name = "host_name")
  @Nullable String hostName;

  @Column(name = "agent_url")
  @Nullable String agentUrl;

  @Nullable String accelerator;

  @Column(name = "last_problem")
  @Nullable String lastProblem;

  @Column(name = "created_at")
  Instant createdAt;

  @Version long version;

  static DomainEntity of(TenantDomain domain) {
    DomainEntity entity = new DomainEntity();
    entity.id = domain.id().value();
    entity.projectId = domain.projectId().value();
    entity.name = domain.name();
    entity.createdAt = domain.createdAt();
    entity.apply(domain);
    return entity;
  }

  void apply(TenantDomain domain) {
    definition = domain.definition();
    liveDefinition = domain.liveDefinition();
    vcpus = domain.resources().vcpus();
    memoryMib = domain.resources().memoryMib();
    volumes = new String(ContractJson.write(domain.volumes()), UTF_8);
    operatorDefined = domain.operatorDefined();
    apply(domain.state());
  }

  /** What changes by definitions alone, and not by the state. */
  List<?> defined() {
    return Arrays.asList(definition, liveDefinition, vcpus, memoryMib, volumes, operatorDefined);
  }

  private void apply(DomainConditions state) {
    desired = state.desired();
    phase = state.phase();
    Observation observed = state.observed();
    observedState = observed == null ? null : observed.state();
    observedReason = observed == null ? null : observed.reason();
    observedAt = observed == null ? null : observed.at();
    generation = state.generation();
    AssignedHost host = state.host();
    hostId = host == null ? null : host.id().value();
    hostName = host == null ? null : host.name();
    agentUrl = host == null ? null : host.agentUrl().toString();
    accelerator = state.accelerator();
    lastProblem =
        state.lastProblem() == null
            ? null
            : new String(ContractJson.write(state.lastProblem()), UTF_8);
  }

  TenantDomain toModel() {
    return new TenantDomain(
        new DomainId(id),
        new ProjectId(projectId),
        name,
        definition,
        liveDefinition,
        new Resources(vcpus, memoryMib),
        List.of(ContractJson.read(volumes.getBytes(UTF_8), VolumeAttachment[].class)),
        operatorDefined,
        new DomainConditions(
            desired, phase, observed(), generation, host(), accelerator, problem()),
        createdAt,
        version);
  }

  private @Nullable Observation observed() {
    return observedState == null || observedReason == null || observedAt == null
        ? null
        : new Observation(observedState, observedReason, observedAt);
  }

  private @Nullable AssignedHost host() {
    return hostId == null || hostName == null || agentUrl == null
        ? null
        : new AssignedHost(new HostId(hostId), hostName, URI.create(agentUrl));
  }

  private @Nullable Problem problem() {
    return lastProblem == null
        ? null
        : ContractJson.read(lastProblem.getBytes(UTF_8), Problem.class);
  }
}
