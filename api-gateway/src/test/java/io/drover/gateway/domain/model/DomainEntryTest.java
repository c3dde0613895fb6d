package io.drover.gateway.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.Resources;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.json.ContractJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DomainEntryTest {
  private static final Instant NOW = Instant.parse("2026-11-29T18:00:00Z");

  private static TenantDomain domain(String definition, @Nullable String live) {
    return new TenantDomain(
        new DomainId(UUID.randomUUID()),
        new ProjectId(UUID.randomUUID()),
        "web",
        definition,
        live,
        new Resources(2, 64),
        List.of(new VolumeAttachment(new VolumeId(UUID.randomUUID()), "root", null)),
        true,
        DomainConditions.defined(Desired.RUNNING),
        NOW,
        0);
  }

  private static DomainEntry sent(TenantDomain domain) {
    return ContractJson.read(ContractJson.write(DomainEntry.of(domain)), DomainEntry.class);
  }

  @Test
  void aForgottenDomainIsAsItWasDefined() {
    TenantDomain domain = domain("<domain/>", "<domain type='qemu'/>");
    assertThat(sent(domain).forgotten(domain.id(), "web")).isEqualTo(domain);
  }

  @Test
  void aKnownDomainKeepsItsStateAndItsVersion() {
    TenantDomain newer = domain("<domain><newer/></domain>", null);
    TenantDomain known =
        domain("<domain/>", null).withState(DomainConditions.defined(Desired.STOPPED));
    TenantDomain applied = sent(newer).applied(known);
    assertThat(applied.definition()).isEqualTo(newer.definition());
    assertThat(applied.id()).isEqualTo(known.id());
    assertThat(applied.state()).isEqualTo(known.state());
  }

  @Test
  void whatRunsIsLeftOutWhereBothDefinitionsAreTooLargeForARecord() {
    String large = "x".repeat(400_000);
    assertThat(sent(domain(large, large)).liveDefinition()).isNull();
    assertThat(sent(domain(large, "<domain/>")).liveDefinition()).isEqualTo("<domain/>");
  }
}
