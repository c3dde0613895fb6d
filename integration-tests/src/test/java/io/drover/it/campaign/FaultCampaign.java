package io.drover.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.message.Topics;
import io.drover.it.ProjectFiles;
import io.drover.it.campaign.TenantCalls.Belief;
import io.drover.it.suite.Answer;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
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
  private static final int TENANTS = 5;

  /** Of every operation, so that a campaign of minutes sees its end. */
  static final Duration DEADLINE = Duration.ofMinutes(2);

  /** How long is waited at most, so that what is wrong can be said. */
  private static final Duration CALM = Duration.ofMinutes(4);

  /** How long after the suite is whole all parts may differ. */
  private static final Duration AGREEMENT = Duration.ofSeconds(30);

  void run(FaultSchedule schedule) throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    System.out.println("The campaign: " + schedule.steps().size() + " faults, seed " + seed);
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    Files.createDirectories(data);
    StandaloneCluster.endLeftovers(data);
    Guests.under(data).forEach(ProcessHandle::destroyForcibly);
    FaultSite.removeDisks(data, HOSTS);
    new SuiteData(data).clear();
    new SuiteData(data).borrowKeycloak();
    ClusterOptions options =
        new ClusterOptions(ProjectFiles.root(), data, Ports.free(), settings(), HOSTS, false);
    try (StandaloneCluster cluster = StandaloneCluster.start(options, StartProgress.SILENT)) {
      RunningSuite suite = RunningSuite.of(cluster);
      try (FaultSite site = new FaultSite(suite)) {
        campaign(suite, schedule, site);
      } finally {
        endAtOnce(cluster);
      }
    } finally {
      Guests.under(data).forEach(ProcessHandle::destroyForcibly);
      FaultSite.removeDisks(data, HOSTS);
    }
  }

  private static OperatorSettings settings() {
    Map<String, String> settings = new TreeMap<>();
    for (String kind :
        List.of("CREATE_VOLUME", "DELETE_VOLUME", "START_DOMAIN", "STOP_DOMAIN", "DELETE_DOMAIN")) {
      settings.put("GATEWAY_DEADLINE_" + kind, DEADLINE.toString());
    }
    settings.put("DROVER_DISK_RESERVE_MIB", "0"); // the disks are small
    return new OperatorSettings(settings, List.of());
  }

  /** Nothing is looked at any more, and an end in order takes each part some seconds. */
  private static void endAtOnce(StandaloneCluster cluster) {
    List<String> services = new ArrayList<>(List.of("api-gateway", "scheduler", "secrets-service"));
    for (int host = 1; host <= HOSTS; host++) {
      services.add(FaultSite.agentOf(host));
    }
    services.forEach(service -> cluster.service(service).process().kill());
    cluster.keycloak().process().kill();
  }

  private void campaign(RunningSuite suite, FaultSchedule schedule, FaultSite site)
      throws Exception {
    long begun = System.nanoTime();
    suite.demo();
    site.prepare(schedule);
    System.out.printf(Locale.ROOT, "prepared in %d s%n", since(begun).toSeconds());
    TenantLogin login = new TenantLogin(suite);
    int lettersBefore = deadLetters(suite);
    AtomicBoolean over = new AtomicBoolean();
    List<TenantCalls> tenants = new ArrayList<>();
    List<Future<?>> working = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    Doubles doubles = new Doubles(suite, over);
    long faultsBegun = System.nanoTime();
    long whole;
    try {
      for (int i = 0; i < TENANTS; i++) {
        TenantCalls calls = new TenantCalls(login);
        tenants.add(calls);
        working.add(threads.submit(new Tenant(calls, "t" + seed + "-" + i, seed * 31 + i, over)));
      }
      Future<?> watching = threads.submit(doubles);
      new FaultInjector(site).carryOut(schedule);
      whole = System.nanoTime();
      over.set(true);
      for (Future<?> tenant : working) {
        tenant.get(2 * CALM.toSeconds(), TimeUnit.SECONDS);
      }
      watching.get(CALM.toSeconds(), TimeUnit.SECONDS);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    Duration took = Duration.ofNanos(whole - faultsBegun);
    System.out.printf(
        Locale.ROOT, "the last operation ended %.1f s after the suite was whole%n", seconds(whole));
    CampaignReport report = new CampaignReport(seed, schedule, tenants);
    Duration agreed = agreement(suite, login, whole, report);
    report.print(took, agreed, new Database(suite));
    check(suite, report);
    assertThat(doubles.seen()).as("domains that ran twice").isEmpty();
    assertThat(deadLetters(suite) - lettersBefore).as("dead letters").isZero();
    assertThat(agreed).as("time until states agree").isLessThanOrEqualTo(AGREEMENT);
  }

  /** How long after the suite was whole all parts said the same. */
  private Duration agreement(
      RunningSuite suite, TenantLogin login, long whole, CampaignReport report) throws Exception {
    try {
      Awaitility.await("states, claims and processes that agree")
          .atMost(CALM)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> new Agreement(suite, login.project()).check());
    } catch (ConditionTimeoutException e) {
      report.print(since(whole), since(whole), new Database(suite));
      throw e;
    }
    return since(whole);
  }

  private void check(RunningSuite suite, CampaignReport report) throws Exception {
    assertThat(report.operations()).isGreaterThan(TENANTS);
    for (TenantCalls tenant : report.tenants()) {
      assertThat(tenant.lost()).as("what was lost").isEmpty();
      tenant.beliefs().forEach((path, belief) -> isAsBelieved(tenant.project(), path, belief));
    }
    assertThat(report.failures())
        .as("operations that an agent did not carry out because it had been restarted")
        .noneMatch(failure -> failure.text().contains("SUPERSEDED"));
    Agreement.none(
        new Database(suite),
        "operations that ended later than 60 s after their deadline",
        "select id, kind, created_at, deadline, finished_at from gateway.operations"
            + " where coalesce(finished_at, now()) > deadline + interval '60 s'");
  }

  private static void isAsBelieved(Project demo, String path, Belief belief) {
    if (belief == Belief.ANY) {
      return;
    }
    Answer answer = demo.api().get(demo.path(path));
    if (belief == Belief.DELETED) {
      assertThat(answer.status()).as(path + " is " + answer).isEqualTo(404);
    } else {
      assertThat(answer.json().path("phase").asText())
          .as(path + " is " + answer)
          .isEqualTo(belief.name());
    }
  }

  private static double seconds(long since) {
    return since(since).toMillis() / 1e3;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static int deadLetters(RunningSuite suite) {
    return new TopicRecords(suite.suite().kafka().admin()).read(Topics.DEAD_LETTERS).size();
  }
}
