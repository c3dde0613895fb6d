package io.drover.standalone.launch;

import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.demo.Demo;
import io.drover.standalone.demo.ProgressConsole;
import java.nio.file.Path;
import java.time.Duration;

/** The tables at the end of a start: times, addresses, logins, what to do next. */
record ClusterSummary(StandaloneCluster cluster, Demo demo, Path privateFolder) {
  private static final double BYTES_PER_MIB = 1024 * 1024;

  /**
   * Shows all of them.
   *
   * @param healthy how long the suite took, {@code ready} until the guest was up
   */
  void show(ProgressConsole console, Duration healthy, Duration ready) {
    console.title("Times");
    console.row("suite healthy", ProgressConsole.seconds(healthy));
    demo.times().forEach(took -> console.row(took.chapter(), ProgressConsole.seconds(took.time())));
    console.row("guest ready", ProgressConsole.seconds(ready) + " after the start");
    console.row(
        "memory", Math.round(cluster.memory() / BYTES_PER_MIB) + " MiB in all processes (PSS)");
    console.title("Addresses");
    console.row("gateway", cluster.gatewayUrl() + "  (API: /q/openapi, health: /q/health)");
    console.row("keycloak", cluster.keycloak().realmUrl().resolve("/admin").toString());
    console.row("kafka", cluster.kafka().bootstrapServers());
    console.row("traces", cluster.traces().file().toString());
    console.row("logs", cluster.logs().toString());
    console.title("Users");
    console.row("alice", "tenant of the project demo");
    console.row("bob", "tenant of the project other");
    console.row("olga", "operator");
    console.row("passwords", "in " + privateFolder + ", readable by you alone");
    console.title("Try next, in another terminal");
    console.row("", "./drover login alice");
    console.row("", "./drover domain list --project demo");
    console.row("", "./drover domain console demo --project demo");
    console.note("");
    console.note(
        "Ctrl-C or ./run --stop stops everything; the data stays. ./run --clean removes it.");
  }
}
