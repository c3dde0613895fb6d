package io.drover.gateway.support;

import static io.restassured.RestAssured.given;

import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What tests ask of the gateway as a client. */
public final class Api {
  private Api() {}

  public static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }

  /** A project of its own for a test. */
  public record TestProject(String name, ProjectId id, String token) {
    public RequestSpecification request() {
      return as(token);
    }

    public String path(String rest) {
      return "/v1/projects/" + name + rest;
    }

    public Response post(String rest, String type, Object body) {
      return request().contentType(type).body(body).post(path(rest));
    }
  }

  public static TestProject project() {
    String name = "p-" + UUID.randomUUID().toString().substring(0, 8);
    String id =
        as(Tokens.operator())
            .contentType("application/json")
            .body(Map.of("name", name))
            .post("/v1/projects")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    return new TestProject(name, ProjectId.parse(id), Tokens.tenant(name));
  }

  /** A volume that is ready; its id. */
  public static UUID readyVolume(TestProject project, Parts parts, String name) {
    Response accepted =
        project.post("/volumes", "application/json", Map.of("name", name, "sizeBytes", 16 << 20));
    accepted.then().statusCode(202);
    UUID volume = UUID.fromString(accepted.path("subject"));
    Parts.About about =
        new Parts.About(volume, project.id(), UUID.fromString(accepted.path("id")), 1);
    HostId host = new HostId(UUID.randomUUID());
    parts.say(about, new VolumePlaced(host, "host-1", null));
    parts.say(about, new VolumeCreated(host, 16 << 20));
    awaitPhase(project, "/volumes/" + name, "READY");
    return volume;
  }

  public static void awaitPhase(TestProject project, String path, String phase) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                phase.equals(
                    project.request().get(project.path(path)).jsonPath().getString("phase")));
  }

  public static void awaitOperation(TestProject project, String id, String state) {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                state.equals(
                    project
                        .request()
                        .get(project.path("/operations/" + id))
                        .jsonPath()
                        .getString("state")));
  }

  /** A definition without disks. */
  public static String xml(String name) {
    return "<domain type='qemu'><name>"
        + name
        + "</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
        + "<os><type arch='x86_64' machine='q35'>hvm</type></os></domain>";
  }

  /** A definition with one volume. */
  public static String xml(String name, String volume) {
    return "<domain type='qemu'><name>"
        + name
        + "</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
        + "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
        + "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>"
        + "<source pool='drover' volume='"
        + volume
        + "'/><target dev='vda' bus='virtio'/></disk></devices></domain>";
  }
}
