package io.drover.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The story of the first domain. What an earlier run left is found and used; each part of it is
 * made anew only when it is missing or unusable.
 */
public final class Demo {
  private static final String PROJECT = "demo";
  private static final String VOLUME = "demo-disk";
  private static final String DOMAIN = "demo";
  private static final Duration VOLUME_PATIENCE = Duration.ofMinutes(2);
  private static final Duration DOMAIN_PATIENCE = Duration.ofMinutes(1);
  private static final Duration GUEST_PATIENCE = Duration.ofMinutes(2);
  private static final Duration POWER_OFF_PATIENCE = Duration.ofSeconds(20);

  private final Place place;
  private final ProgressConsole screen;
  private final List<Took> times = new ArrayList<>();

  public Demo(Place place, ProgressConsole screen) {
    this.place = place;
    this.screen = screen;
  }

  /**
   * Where the story takes place.
   *
   * @param passwords of the people, by their names
   * @param guestImage the test guest's qcow2 image
   * @param definition the domain's XML
   */
  public record Place(
      URI gateway, URI realm, UnaryOperator<String> passwords, Path guestImage, Path definition) {}

  /** How long a chapter took. */
  public record Took(String chapter, Duration time) {}

  /** Runs the story until the guest is up. */
  public void run() throws IOException, InterruptedException {
    screen.title("The first domain");
    GatewayCaller olga = login("olga");
    timed("project", () -> project(olga));
    String image = timed("image", () -> image(olga));
    GatewayCaller alice = login("alice");
    timed("volume", () -> volume(alice, image));
    boolean started = timed("domain", () -> domain(alice));
    if (started) {
      screen.title("Its serial console");
      timed("guest", () -> GuestConsole.awaitReady(alice, PROJECT, DOMAIN, screen, GUEST_PATIENCE));
    }
  }

  /** The chapters so far, in order. */
  public List<Took> times() {
    return List.copyOf(times);
  }

  /** Removes the domain; the volume, the image and the project stay for the next run. */
  public void removeDomain() throws IOException, InterruptedException {
    GatewayCaller alice = login("alice");
    timed(
        "delete",
        () -> {
          JsonNode operation = mutate(alice, "delete the domain", "DELETE", "/domains/" + DOMAIN);
          return follow(alice, "delete the domain", operation, DOMAIN_PATIENCE);
        });
    screen.done("domain " + DOMAIN, "deleted", last());
  }

  /** Asks the guest to power off; a guest that does not is ended. */
  public void stopDomain() throws IOException, InterruptedException {
    GatewayCaller alice = login("alice");
    Optional<JsonNode> domain = alice.find(path("/domains/" + DOMAIN));
    if (domain.isEmpty() || !phase(domain.get()).equals("RUNNING")) {
      return;
    }
    String what = "power the guest off";
    try {
      JsonNode operation = mutate(alice, what, "POST", "/domains/" + DOMAIN + "/shutdown");
      follow(alice, what, operation, POWER_OFF_PATIENCE);
    } catch (DemoFailure e) {
      screen.warn("the guest does not power off (" + e.getMessage() + "), so it is ended");
      JsonNode operation = mutate(alice, what, "POST", "/domains/" + DOMAIN + "/destroy");
      follow(alice, what, operation, DOMAIN_PATIENCE);
    }
  }

  private GatewayCaller login(String user) throws IOException, InterruptedException {
    return GatewayCaller.login(place.gateway(), place.realm(), user, place.passwords().apply(user));
  }

  private boolean project(GatewayCaller olga) throws IOException, InterruptedException {
    ObjectNode body = ContractJson.mapper().createObjectNode().put("name", PROJECT);
    long begun = System.nanoTime();
    boolean made = olga.create("create the project", "/v1/projects", body).isPresent();
    if (made) {
      screen.done("project " + PROJECT, "created by olga, the operator", since(begun));
    } else {
      screen.found("project " + PROJECT, "found");
    }
    return made;
  }

  /** The id of the image with the test guest's content. */
  private String image(GatewayCaller olga) throws IOException, InterruptedException {
    String sha256 = GuestImage.sha256(place.guestImage());
    String name = "drover-guest-" + sha256.substring(0, 8);
    JsonNode found =
        olga.find("/v1/images?name=" + name)
            .map(page -> page.path("items").path(0))
            .orElse(ContractJson.mapper().missingNode());
    if (found.path("state").asText().equals("READY")) {
      screen.found("image", name);
      return found.path("id").asText();
    }
    JsonNode image = found;
    if (found.isMissingNode()) {
      ObjectNode body =
          ContractJson.mapper().createObjectNode().put("name", name).put("format", "qcow2");
      image =
          olga.create("create the image", "/v1/images", body)
              .orElseThrow(
                  () -> new DemoFailure("create the image", "api-gateway", name + " is taken."));
    }
    String id = image.path("id").asText();
    long begun = System.nanoTime();
    olga.upload("upload the image", "/v1/images/" + id + "/content", place.guestImage(), sha256);
    screen.done("image", name, since(begun));
    return id;
  }

  private boolean volume(GatewayCaller alice, String image)
      throws IOException, InterruptedException {
    Optional<JsonNode> found = alice.find(path("/volumes/" + VOLUME));
    if (found.isPresent() && phase(found.get()).equals("READY")) {
      screen.found("volume " + VOLUME, "found, with its LUKS key in the secrets-service");
      return false;
    }
    if (found.isPresent() && phase(found.get()).equals("FAILED")) {
      String what = "delete the failed volume";
      follow(alice, what, mutate(alice, what, "DELETE", "/volumes/" + VOLUME), VOLUME_PATIENCE);
    }
    ObjectNode body =
        ContractJson.mapper()
            .createObjectNode()
            .put("name", VOLUME)
            .put("sizeBytes", GuestImage.virtualBytes(place.guestImage()))
            .put("format", "qcow2")
            .put("encrypted", true)
            .put("imageId", image);
    long begun = System.nanoTime();
    String what = "create the volume";
    JsonNode operation =
        alice.send(
            what,
            "POST",
            path("/volumes"),
            "application/json",
            BodyPublishers.ofByteArray(ContractJson.write(body)));
    follow(alice, what, operation, VOLUME_PATIENCE);
    screen.done("volume " + VOLUME, "LUKS; its key was never shown", since(begun));
    return true;
  }

  /** Whether it was started now; false when it ran already. */
  private boolean domain(GatewayCaller alice) throws IOException, InterruptedException {
    Optional<JsonNode> found = alice.find(path("/domains/" + DOMAIN));
    if (found.isPresent() && phase(found.get()).equals("RUNNING")) {
      screen.found("domain " + DOMAIN, "found, running all the while");
      return false;
    }
    long begun = System.nanoTime();
    String what = found.isPresent() ? "start the domain" : "create the domain";
    JsonNode operation =
        found.isPresent()
            ? mutate(alice, what, "POST", "/domains/" + DOMAIN + "/start")
            : alice.send(
                what,
                "POST",
                path("/domains"),
                "application/xml",
                BodyPublishers.ofByteArray(Files.readAllBytes(place.definition())));
    follow(alice, what, operation, DOMAIN_PATIENCE);
    screen.done("domain " + DOMAIN, found.isPresent() ? "found, started" : "running", since(begun));
    return true;
  }

  private JsonNode mutate(GatewayCaller alice, String what, String method, String path)
      throws IOException, InterruptedException {
    return alice.send(what, method, path(path), "application/json", BodyPublishers.noBody());
  }

  private boolean follow(GatewayCaller alice, String what, JsonNode operation, Duration patience)
      throws IOException, InterruptedException {
    new OperationWatcher(alice, screen).follow(what, PROJECT, operation, patience);
    return true;
  }

  private static String path(String path) {
    return "/v1/projects/" + PROJECT + path;
  }

  private static String phase(JsonNode thing) {
    return thing.path("phase").asText();
  }

  private Duration last() {
    return times.get(times.size() - 1).time();
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private interface Chapter<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T timed(String chapter, Chapter<T> work) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    T result = work.run();
    times.add(new Took(chapter, since(begun)));
    return result;
  }
}
