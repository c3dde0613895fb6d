package io.drover.secrets.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.command.Resources;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.HostId;
import io.drover.secrets.SuiteParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that wants what it was not granted. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
class HostileHostIT {
  private static final int ASKERS = 8;

  private final HostId owner = new HostId(UUID.randomUUID());
  private final HostId hostile = new HostId(UUID.randomUUID());
  private final UUID volume = UUID.randomUUID();
  private final UUID domain = UUID.randomUUID();
  private final UUID command = UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  private KeyTraffic traffic;

  @BeforeEach
  void aVolumeOfTheOwner() {
    traffic = new KeyTraffic(bootstrap);
    traffic.send(volume, 1, new VolumePlaced(owner, "a", traffic.key()));
  }

  @AfterEach
  void disconnect() {
    traffic.close();
  }

  private DomainPlaced placed(HostId host) {
    return new DomainPlaced(
        host, "a", URI.create("http://127.0.0.1"), new Resources(1, 64), List.of(traffic.key()));
  }

  /** Everything sent before has been applied once this grant works. */
  private void awaitAllApplied() {
    UUID marker = UUID.randomUUID();
    traffic.send(marker, 1, placed(owner));
    traffic.release(owner, marker, 1, command).statusCode(200);
    traffic.send(
        KeyTraffic.agentOf(owner), marker, 1, new DomainStopped(owner, StopReason.SHUTDOWN, ""));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> traffic.release(owner, marker, 1, command).statusCode(403));
  }

  @Test
  void theTokenAndNotTheBodySaysWhoAsks() {
    String body =
        KeyTraffic.body(volume, 1, command)
            .replace("}", ",\"hostId\":\"" + owner + "\",\"host_id\":\"" + owner + "\"}");
    traffic.release(owner, volume, 1, command).statusCode(200);
    traffic.release(body, hostile).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void aTokenThatNamesNoHostGetsNoKey() {
    String body = KeyTraffic.body(volume, 1, command);
    traffic
        .releaseWith(KeyTraffic.token(Set.of("host"), Map.of()), body)
        .statusCode(403)
        .body("detail", containsString("host_id"));
    traffic
        .releaseWith(KeyTraffic.token(Set.of("host"), Map.of("host_id", "*")), body)
        .statusCode(400);
  }

  @Test
  void aPlacementThatAHostSaysGrantsNothing() {
    traffic.send(KeyTraffic.agentOf(hostile), domain, 1, placed(hostile));
    traffic.awaitDeadLetter(
        letter ->
            domain.toString().equals(letter.key())
                && KeyTraffic.header(letter, "drover_cause").contains("only the scheduler places"));
    traffic.release(hostile, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void aPlacementOnATopicThatHostsMayWriteGrantsNothingWhoeverItNames() {
    traffic.forge(domain, 1, placed(hostile));
    traffic.awaitDeadLetter(
        letter ->
            domain.toString().equals(letter.key())
                && KeyTraffic.header(letter, "drover_cause").contains("does not write that topic"));
    traffic.release(hostile, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void whatAHostSaysOfAnothersVolumeNeitherEndsTheClaimNorDestroysTheKey() {
    URI liar = KeyTraffic.agentOf(hostile);
    Problem problem = Problem.of(ErrorCode.QEMU_EXITED, "Not true.");
    traffic.send(liar, volume, 1, new VolumeFailed(problem, "write-volume"));
    traffic.send(liar, volume, 1, new VolumeDeleted());
    traffic.send(domain, 1, placed(owner));
    traffic.send(liar, domain, 1, new DomainStopped(owner, StopReason.SHUTDOWN, ""));
    awaitAllApplied();
    traffic.release(owner, volume, 1, command).statusCode(200);
    traffic.release(owner, domain, 1, command).statusCode(200);
  }

  @Test
  void aHostThatNamesTheTrueHostOrTheSchedulerDoesNothingAndIsAuditedOnce() {
    URI owners = KeyTraffic.agentOf(owner);
    for (int again = 0; again < 3; again++) {
      traffic.sendAs(hostile, owners, volume, 1, new VolumeDeleted());
    }
    traffic.sendAs(hostile, KeyTraffic.SCHEDULER, domain, 1, placed(hostile));
    awaitAllApplied();
    traffic.release(owner, volume, 1, command).statusCode(200);
    traffic.release(hostile, domain, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
    List<String> refused =
        traffic.auditedUntil("refused: signature", 2).stream()
            .filter(entry -> entry.contains("refused: signature"))
            .toList();
    assertThat(refused).hasSize(2);
    assertThat(refused.get(0)).contains("destroy", "VolumeDeleted that names " + owners);
    assertThat(refused.get(1)).contains("grant", "DomainPlaced that names /scheduler");
    assertThat(given().get("/q/metrics").asString())
        .containsPattern("drover_records_refused_total\\{reason=\"signature\",topic=\"drover");
  }

  @Test
  void whatTheHostItselfSaysEndsItsClaimAndDestroysTheKey() {
    URI agent = KeyTraffic.agentOf(owner);
    traffic.send(domain, 1, placed(owner));
    traffic.release(owner, domain, 1, command).statusCode(200);
    traffic.send(agent, domain, 1, new DomainStopped(owner, StopReason.SHUTDOWN, ""));
    awaitAllApplied();
    traffic.release(owner, domain, 1, command).statusCode(403);
    traffic.send(agent, volume, 1, new VolumeDeleted());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> traffic.release(owner, volume, 1, command).statusCode(403));
  }

  @Test
  void theHostOfAnEarlierPlacementOfTheVolumeGetsNothingNotEvenByAReplay() {
    traffic.send(volume, 2, new VolumePlaced(hostile, "b", traffic.key()));
    traffic.send(volume, 1, new VolumePlaced(owner, "a", traffic.key()));
    traffic.release(hostile, volume, 2, command).statusCode(200);
    awaitAllApplied();
    traffic.release(owner, volume, 1, command).statusCode(403).body("code", equalTo("NO_GRANT"));
    traffic.release(owner, volume, 2, command).statusCode(403).body("code", equalTo("NO_GRANT"));
  }

  @Test
  void ofManyCommandsAtTheSameTimeOneAloneGetsTheKey() throws Exception {
    awaitAllApplied();
    ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
    try {
      List<Callable<Integer>> asking = new ArrayList<>();
      for (int i = 0; i < ASKERS; i++) {
        asking.add(
            () -> traffic.release(owner, volume, 1, UUID.randomUUID()).extract().statusCode());
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : askers.invokeAll(asking)) {
        answers.add(answer.get());
      }
      assertThat(answers).containsOnlyOnce(200);
      assertThat(answers.stream().filter(status -> status == 409)).hasSize(ASKERS - 1);
    } finally {
      askers.shutdownNow();
    }
  }
}
