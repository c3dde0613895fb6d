package io.drover.gateway;

import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.PlacementRefused;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.RunningDomain;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a domain whose start no host has begun. */
@QuarkusTest
class RefusedStartIT extends GatewayTestCase {
  @Test
  void aStoppedDomainStaysStoppedAndSaysWhyItWasNotStarted() {
    TestProject project = Api.project();
    RunningDomain domain = RunningDomain.make(project, parts);
    domain.stop();
    String start =
        project
            .request()
            .post(project.path("/domains/web/start"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    domain.get("/domains/web").then().body("desired", equalTo("RUNNING"));

    Problem full = Problem.of(ErrorCode.NO_VALID_HOST, "None of 3 hosts has 64 MiB left.");
    domain.say(start, new PlacementRefused(full, 3, List.of(), ""));

    Api.awaitOperation(project, start, "FAILED");
    domain
        .get("/domains/web")
        .then()
        .body("phase", equalTo("STOPPED"))
        .body("desired", equalTo("STOPPED"))
        .body("lastProblem.code", equalTo("NO_VALID_HOST"));
    project.request().post(project.path("/domains/web/start")).then().statusCode(202);
  }
}
