package io.drover.gateway.host;

import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.report.HostReport;
import io.drover.gateway.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Hosts, as they reported themselves. */
@Path("/v1/hosts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class HostReportResource {
  private final HostReports reports;
  private final InstantSource clock;

  record HostList(List<HostView> items) {}

  /** A host's last report, and how old it is in seconds. */
  record HostView(
      HostId id,
      String name,
      long epoch,
      long sequence,
      Instant at,
      double ageSeconds,
      int vcpus,
      long memoryMib,
      List<HostReport.Accelerator> accelerators,
      String emulatorVersion,
      URI agentUrl,
      int domains) {}

  HostReportResource(HostReports reports, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
  }

  @GET
  public byte[] list() {
    Instant now = clock.instant();
    return ContractJson.write(
        new HostList(reports.all().stream().map(report -> view(report, now)).toList()));
  }

  private static HostView view(HostReport report, Instant now) {
    return new HostView(
        report.hostId(),
        report.name(),
        report.epoch(),
        report.sequence(),
        report.at(),
        Math.max(0, Duration.between(report.at(), now).toMillis()) / 1_000.0,
        report.vcpus(),
        report.memoryMib(),
        report.accelerators(),
        report.emulatorVersion(),
        report.agentUrl(),
        report.domains().size());
  }
}
