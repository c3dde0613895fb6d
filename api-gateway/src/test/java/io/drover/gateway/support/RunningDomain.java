package io.drover.gateway.support;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.gateway.support.Api.TestProject;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A domain that runs, as far as the gateway can know, with what its host would say. */
public record RunningDomain(
    TestProject project, Parts parts, HostId host, String name, UUID id, UUID rootVolume) {
  /** Makes one that has the volume {@code root} as {@code vda}. */
  public static RunningDomain make(TestProject project, Parts parts) {
    HostId host = new HostId(UUID.randomUUID());
    UUID root = volume(project, parts, host, "root");
    Response accepted = project.post("/domains", "application/xml", Api.xml("web", "root"));
    accepted.then().statusCode(202);
    UUID id = UUID.fromString(accepted.path("subject"));
    RunningDomain domain = new RunningDomain(project, parts, host, "web", id, root);
    String operation = accepted.path("id");
    domain.say(
        operation,
        new DomainPlaced(
            host, "host-1", URI.create("http://127.0.0.1:1"), new Resources(1, 64), List.of()));
    domain.say(operation, new DomainStarted(host, "tcg"));
    Api.awaitPhase(project, "/domains/web", "RUNNING");
    Api.awaitOperation(project, operation, "SUCCEEDED");
    return domain;
  }

  /** A volume on the host that the domain runs on. */
  public UUID volume(String volume) {
    return volume(project, parts, host, volume);
  }

  private static UUID volume(TestProject project, Parts parts, HostId host, String name) {
    Response accepted =
        project.post("/volumes", "application/json", Map.of("name", name, "sizeBytes", 16 << 20));
    accepted.then().statusCode(202);
    UUID volume = UUID.fromString(accepted.path("subject"));
    Parts.About about =
        new Parts.About(volume, project.id(), UUID.fromString(accepted.path("id")), 1);
    parts.say(about, new VolumePlaced(host, "host-1", null));
    parts.say(about, new VolumeCreated(host, 16 << 20));
    Api.awaitPhase(project, "/volumes/" + name, "READY");
    return volume;
  }

  public Response operate(Map<String, ?> body) {
    return project.post("/domains/web/operations", "application/json", body);
  }

  /** Accepts an operation; its id. */
  public String accepted(Map<String, ?> body) {
    return operate(body).then().statusCode(202).extract().path("id");
  }

  /**
   * @param operation null for what nobody had asked for
   */
  public void say(@Nullable String operation, Event event) {
    UUID named = operation == null ? null : UUID.fromString(operation);
    parts.say(new Parts.About(id, project.id(), named, 1), event);
  }

  public void stop() {
    parts.say(
        new Parts.About(id, project.id(), null, 1),
        new DomainStopped(host, StopReason.SHUTDOWN, ""));
    Api.awaitPhase(project, "/domains/web", "STOPPED");
  }

  public Response get(String path) {
    return project.request().get(project.path(path));
  }

  public String xml() {
    return get("/domains/web?format=xml").asString();
  }

  /** A {@code <disk>} with a volume. */
  public static String disk(String volume, String target) {
    return "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>"
        + "<source pool='drover' volume='%s'/><target dev='%s' bus='virtio'/></disk>"
            .formatted(volume, target);
  }
}
