package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume belongs to a domain or to its deletion, never to both. */
@QuarkusTest
class DeletedVolumesIT extends GatewayTestCase {
  private static final int RACES = 50;

  private TestProject project;

  @BeforeEach
  void makeProject() {
    project = Api.project();
  }

  @Test
  void noDomainTakesAVolumeWhoseDeletionWasAskedFor() {
    UUID volume = Api.readyVolume(project, parts, "going");
    String deletion = delete("going");
    project.request().get(project.path("/volumes/going")).then().body("phase", equalTo("DELETING"));
    project
        .post("/domains", "application/xml", Api.xml("late", "going"))
        .then()
        .statusCode(409)
        .body("code", equalTo("INVALID_STATE"))
        .body("detail", containsString("is being deleted"));
    parts.say(about(volume, deletion), new VolumeDeleted());
    Api.awaitOperation(project, deletion, "SUCCEEDED");
    project.request().get(project.path("/volumes/going")).then().statusCode(404);
  }

  @Test
  void aVolumeWhoseDeletionItsHostRefusesIsReadyAgainWithTheReason() {
    UUID volume = Api.readyVolume(project, parts, "staying");
    String deletion = delete("staying");
    Problem open = Problem.of(ErrorCode.IN_USE, "A running domain has it open.");
    parts.say(about(volume, deletion), new VolumeFailed(open, "remove-volume"));
    Api.awaitOperation(project, deletion, "FAILED");
    project
        .request()
        .get(project.path("/volumes/staying"))
        .then()
        .body("phase", equalTo("READY"))
        .body("lastProblem.code", equalTo("IN_USE"));
    project.post("/domains", "application/xml", Api.xml("user", "staying")).then().statusCode(202);
  }

  @Test
  void ofADeletionAndADomainInTheSameMomentOneWins() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    int deleted = 0;
    try {
      for (int race = 0; race < RACES; race++) {
        String name = "race-" + race;
        Api.readyVolume(project, parts, name);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Integer> deletion =
            both.submit(
                together(
                    start,
                    () -> project.request().delete(project.path("/volumes/" + name)).statusCode()));
        Future<Integer> creation =
            both.submit(
                together(
                    start,
                    () ->
                        project
                            .post("/domains", "application/xml", Api.xml(name, name))
                            .statusCode()));
        int wonDeletion = deletion.get() == 202 ? 1 : 0;
        int wonCreation = creation.get() == 202 ? 1 : 0;
        assertThat(wonDeletion + wonCreation).as(name).isEqualTo(1);
        deleted += wonDeletion;
      }
    } finally {
      both.shutdownNow();
    }
    assertThat(
            database.number(
                "select count(*) from gateway.volumes where attached_to is null and name like"
                    + " 'race-%' and project_id = '"
                    + project.id()
                    + "'"))
        .isEqualTo(deleted);
  }

  private static Callable<Integer> together(CyclicBarrier start, Callable<Integer> request) {
    return () -> {
      start.await();
      return request.call();
    };
  }

  private String delete(String name) {
    return project
        .request()
        .delete(project.path("/volumes/" + name))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private Parts.About about(UUID volume, String operation) {
    return new Parts.About(volume, project.id(), UUID.fromString(operation), 1);
  }
}
