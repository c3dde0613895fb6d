package io.drover.it.suite;

import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import io.drover.standalone.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The suite as its users see it, and as its killers do. */
public final class RunningSuite {
  private volatile StandaloneCluster suite;

  private RunningSuite(StandaloneCluster suite) {
    this.suite = suite;
  }

  /** One that was started, and that whoever started it closes. */
  public static RunningSuite of(StandaloneCluster suite) {
    return new RunningSuite(suite);
  }

  /** The launcher's handle on every part. */
  public StandaloneCluster suite() {
    return suite;
  }

  /** Ends every part but the guests, and starts them all again on the same data. */
  public void reopen() throws Exception {
    suite.close();
    suite = StandaloneCluster.start(suite.options(), StartProgress.SILENT);
    awaitHost();
  }

  public Path data() {
    return suite.options().data();
  }

  /** A caller with the token of one of the realm's users: alice (demo), bob (other), olga. */
  public Api as(String user) {
    return Api.withPassword(
        suite.gatewayUrl(), suite.keycloak().realmUrl(), user, suite.credentials().of(user));
  }

  /** A caller without a token. */
  public Api anonymous() {
    return Api.anonymous(suite.gatewayUrl());
  }

  /** The token of a part, by its client's name: {@code host} or {@code automation}. */
  public String tokenOf(String client) {
    return Tokens.ofClient(
        suite.keycloak().realmUrl(),
        "drover-" + client,
        suite.credentials().of(client + "-client"));
  }

  /** The project of alice, made when it is missing. */
  public Project demo() {
    return project("demo", "alice");
  }

  /** The project of bob, made when it is missing. */
  public Project other() {
    return project("other", "bob");
  }

  private Project project(String name, String member) {
    Api olga = as("olga");
    Answer made = olga.post("/v1/projects", "{\"name\":\"" + name + "\"}");
    if (made.status() != 201 && made.status() != 409) {
      throw new AssertionError("The project " + name + " cannot be made: " + made);
    }
    return new Project(this, name, as(member));
  }

  /** Kills a service as a crash would. */
  public void kill(String service) {
    service(service).process().kill();
  }

  /** Starts a killed service again and waits until it is ready. */
  public void restart(String service) throws Exception {
    service(service).restart();
    service(service).awaitReady();
  }

  /** Starts the killed agent again and waits until domains can be placed on it. */
  public void restartAgent() throws Exception {
    restart("host-agent");
    awaitHost();
  }

  /** Waits until the scheduler knows the agent's epoch, so that the host is known to be up. */
  void awaitHost() {
    Awaitility.await("the agent's epoch in the scheduler's database")
        .atMost(patience())
        .until(() -> epochOfScheduler().equals(epochOfAgent()));
  }

  private String epochOfScheduler() throws SQLException {
    return new Database(this).row("select max(epoch) as epoch from scheduler.host").get("epoch");
  }

  private String epochOfAgent() throws IOException {
    return Files.readString(data().resolve("h/agent/epoch")).strip();
  }

  /** One of {@code api-gateway}, {@code scheduler}, {@code secrets-service}, {@code host-agent}. */
  public ServiceProcess service(String name) {
    return suite.service(name);
  }

  /** The QEMU processes of this suite's guests. */
  public List<ProcessHandle> qemus() {
    return Guests.under(data());
  }

  /** The QEMU processes of one domain. */
  public List<ProcessHandle> qemusOf(String domainId) {
    return Guests.under(data()).stream()
        .filter(process -> QemuProcesses.commandLine(process.pid()).contains(domainId))
        .toList();
  }

  /** How long anything may take that is not the boot of a guest. */
  public static Duration patience() {
    return Duration.ofSeconds(90);
  }
}
