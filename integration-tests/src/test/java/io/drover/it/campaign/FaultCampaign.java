package io.drover.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.message.Topics;
import io.drover.it.ProjectFiles;
import io.drover.it.campaign.Tenant.Belief;
import io.drover.it.suite.Database;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SuiteData;
import io.drover.it.suite.TopicRecords;
import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.OperatorSettings;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Assumptions;

/**
 * Faults of a suite of several hosts while tenants work on it, and a look at all that it says
 * afterwards: nothing accepted is lost, nothing runs twice, no operation is without an end, claims
 * add up, and what the parts say is what the kernel shows.
 *
 * @param data of a suite of its own, which begins empty
 * @param seed of the tenants
 */
record FaultCampaign(Path data, long seed) {
  static final int HOSTS = 3;
  private static final int TENANTS = 3;
  private static final Duration CALM = Duration.ofMinutes(4);

  void run(FaultSchedule schedule) throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    System.out.println("The campaign: " + schedule.steps().size() + " faults, seed " + seed);
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    Files.createDirectories(data);
    StandaloneCluster.endLeftovers(data);
    Guests.under(data).forEach(ProcessHandle::destroyForcibly);
    FaultInjector.removeDisks(data, HOSTS);
    new SuiteData(data).clear();
    new SuiteData(data).borrowKeycloak();
    ClusterOptions options =
        new ClusterOptions(
            ProjectFiles.root(), data, Ports.free(), OperatorSettings.NONE, HOSTS, false);
    try (StandaloneCluster cluster = StandaloneCluster.start(options, StartProgress.SILENT)) {
      RunningSuite suite = RunningSuite.of(cluster);
      try (FaultInjector injector = new FaultInjector(suite)) {
        campaign(suite, schedule, injector);
      } finally {
        endAtOnce(cluster);
      }
    } finally {
      Guests.under(data).forEach(ProcessHandle::destroyForcibly);
      FaultInjector.removeDisks(data, HOSTS);
    }
  }

  /** Nothing is looked at any more, and an end in order takes each part some seconds. */
  private static void endAtOnce(StandaloneCluster cluster) {
    List<String> services = new ArrayList<>(List.of("api-gateway", "scheduler", "secrets-service"));
    for (int host = 1; host <= HOSTS; host++) {
      services.add(FaultInjector.agentOf(host));
    }
    services.forEach(service -> cluster.service(service).process().kill());
    cluster.keycloak().process().kill();
  }

  private void campaign(RunningSuite suite, FaultSchedule schedule, FaultInjector injector)
      throws Exception {
    suite.demo();
    injector.prepare(schedule, HOSTS);
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
      injector.carryOut(schedule);
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
    System.out.println("seed " + seed + ": " + operations + " operations, of which failed:");
    failures.forEach(failure -> System.out.println("  " + failure));
    assertThat(operations).isGreaterThan(TENANTS);
    assertThat(failures).as("domains that were lost").noneMatch(line -> line.startsWith("LOST"));
    assertThat(failures)
        .as("operations that an agent did not carry out because it had been restarted")
        .noneMatch(line -> line.contains("SUPERSEDED"));
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
