package io.drover.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.message.Topics;
import io.drover.it.ProjectFiles;
import io.drover.it.campaign.Tenant.Belief;
import io.drover.it.suite.Database;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.TopicRecords;
import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.OperatorSettings;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code ./test --faults N [SEED]}: N random faults of a suite of three hosts while tenants work on
 * it. The seed is printed; the same seed gives the same faults and the same tenants.
 */
@Tag("nightly")
class FaultCampaignIT {
  private static final int HOSTS = 3;
  private static final int TENANTS = 3;
  private static final Duration CALM = Duration.ofMinutes(4);
  private static final Path DATA = ProjectFiles.root().resolve("integration-tests/target/campaign");

  @Test
  void nothingIsLostDoubledStuckOrLeaked() throws Exception {
    int count = Integer.getInteger("drover.faults", 20);
    long seed = Long.getLong("drover.faults.seed", 1);
    System.out.println("The campaign: " + count + " faults, seed " + seed);
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    StandaloneCluster.endLeftovers(DATA);
    ClusterOptions options =
        new ClusterOptions(ProjectFiles.root(), DATA, Ports.free(), OperatorSettings.NONE, HOSTS);
    try (StandaloneCluster cluster = StandaloneCluster.start(options, StartProgress.SILENT)) {
      campaign(RunningSuite.of(cluster), FaultSchedule.of(seed, count, HOSTS), seed);
    } finally {
      Guests.under(DATA).forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void campaign(RunningSuite suite, FaultSchedule schedule, long seed)
      throws Exception {
    suite.demo();
    TenantLogin login = new TenantLogin(suite);
    int lettersBefore = deadLetters(suite);
    AtomicBoolean over = new AtomicBoolean();
    List<Tenant> tenants = new ArrayList<>();
    List<Future<?>> working = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    Doubles doubles = new Doubles(suite, over);
    try {
      for (int i = 0; i < TENANTS; i++) {
        Tenant tenant = new Tenant(login, "t" + seed + "-" + i, seed * 31 + i, over);
        tenants.add(tenant);
        working.add(threads.submit(tenant));
      }
      Future<?> watching = threads.submit(doubles);
      new FaultInjector(suite).carryOut(schedule);
      over.set(true);
      for (Future<?> tenant : working) {
        tenant.get(2 * CALM.toSeconds(), TimeUnit.SECONDS);
      }
      watching.get(CALM.toSeconds(), TimeUnit.SECONDS);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    int operations = tenants.stream().mapToInt(tenant -> tenant.operations().size()).sum();
    List<String> failures = tenants.stream().flatMap(tenant -> tenant.failures().stream()).toList();
    System.out.println(operations + " operations, of which failed with a problem: " + failures);
    assertThat(operations).isGreaterThan(TENANTS);
    assertThat(failures).as("domains that were lost").noneMatch(line -> line.startsWith("LOST"));
    assertThat(doubles.seen()).as("domains that ran twice").isEmpty();
    for (Tenant tenant : tenants) {
      tenant.beliefs().forEach((domain, belief) -> isAsBelieved(login.project(), domain, belief));
    }
    Awaitility.await("states, claims and processes that agree")
        .atMost(CALM)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> agree(suite, login.project()));
    assertThat(deadLetters(suite) - lettersBefore).as("dead letters").isZero();
  }

  private static void isAsBelieved(Project demo, String domain, Belief belief) {
    if (belief == Belief.DELETED) {
      assertThat(demo.api().get(demo.path("domains", domain)).status()).as(domain).isEqualTo(404);
    } else if (belief != Belief.ANY) {
      demo.domainOnceIn(belief.name(), domain);
    }
  }

  /** The gateway's phases, the scheduler's claims and sums, the kernel's processes. */
  private static void agree(RunningSuite suite, Project demo) throws Exception {
    Database database = new Database(suite);
    assertThat(database.rows("select id from gateway.operations where state = 'RUNNING'"))
        .as("operations that have no end")
        .isEmpty();
    assertThat(
            database.rows(
                "select h.name, h.used_vcpus, coalesce(sum(c.vcpus), 0) from scheduler.host h"
                    + " left join scheduler.claim c on c.host_id = h.id"
                    + " group by h.name, h.used_vcpus"
                    + " having h.used_vcpus <> coalesce(sum(c.vcpus), 0)"))
        .as("hosts whose used vCPUs are not the sum of their claims")
        .isEmpty();
    Map<String, Integer> running = Doubles.running(suite);
    List<String> claimed =
        database.rows("select domain_id from scheduler.claim").stream()
            .map(row -> row.get(0))
            .toList();
    assertThat(running.keySet())
        .as("processes and claims")
        .containsExactlyInAnyOrderElementsOf(claimed);
    JsonNode domains = demo.api().get("/v1/projects/demo/domains?limit=200").json();
    List<String> shown = new ArrayList<>();
    for (JsonNode domain : domains.path("items")) {
      if (domain.path("phase").asText().equals("RUNNING")) {
        shown.add(domain.path("id").asText());
      }
    }
    assertThat(running.keySet())
        .as("processes and phases")
        .containsExactlyInAnyOrderElementsOf(shown);
    assertThat(running.values()).allMatch(count -> count == 1);
  }

  private static int deadLetters(RunningSuite suite) {
    return new TopicRecords(suite.suite().kafka().admin()).read(Topics.DEAD_LETTERS).size();
  }
}
