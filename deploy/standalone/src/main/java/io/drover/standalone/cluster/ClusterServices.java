package io.drover.standalone.cluster;

import io.drover.standalone.cluster.Ports.Part;
import io.drover.standalone.service.ServiceProcess;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The suite's own services, one process each. A signal may end them while they start. */
final class ClusterServices {
  private final ClusterOptions options;
  private final UndoSteps undo;

  /** Replaced as a whole: it is read while it grows. */
  private volatile Map<String, ServiceProcess> services = Map.of();

  private volatile Map<Integer, ClusterNetwork> networks = Map.of();

  ClusterServices(ClusterOptions options, UndoSteps undo) {
    this.options = options;
    this.undo = undo;
  }

  void start(Environment environment) throws IOException, InterruptedException {
    start("api-gateway", "api-gateway", Part.GATEWAY, environment.gateway());
    start("scheduler", "scheduler", Part.SCHEDULER, environment.scheduler());
    start("secrets-service", "secrets-service", Part.SECRETS, environment.secrets());
    for (ClusterHost host : options.clusterHosts()) {
      startAgent(host, environment);
    }
  }

  private void start(String name, String module, Part part, Map<String, String> environment)
      throws IOException {
    start(name, module, options.ports().of(part), environment, List.of());
  }

  private void startAgent(ClusterHost host, Environment environment)
      throws IOException, InterruptedException {
    int port = host.hasNetwork() ? Ports.anyFree() : options.ports().of(Part.AGENT);
    List<String> prefix = List.of();
    if (host.hasNetwork() && HostFolder.isRoot()) {
      ClusterNetwork network =
          ClusterNetwork.open(options.data(), host.number(), options.ports().all(), port);
      undo.add(network::close);
      Map<Integer, ClusterNetwork> more = new LinkedHashMap<>(networks);
      more.put(host.number(), network);
      networks = more;
      prefix = network.prefix();
    }
    start(host.service(), "host-agent/service", port, environment.agent(host, port), prefix);
  }

  private void start(
      String name, String module, int port, Map<String, String> environment, List<String> prefix)
      throws IOException {
    ServiceProcess service =
        ServiceProcess.start(
            new ServiceProcess.Settings(
                name,
                options.java(),
                options.quarkusApp(module),
                options.archives(),
                options.logs(),
                options.run(),
                port,
                environment,
                prefix));
    undo.add(service::stop);
    Map<String, ServiceProcess> more = new LinkedHashMap<>(services);
    more.put(name, service);
    services = more;
  }

  Collection<ServiceProcess> all() {
    return services.values();
  }

  ServiceProcess of(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  ClusterNetwork network(int host) {
    ClusterNetwork network = networks.get(host);
    if (network == null) {
      throw new IllegalArgumentException("Host " + host + " has no network of its own");
    }
    return network;
  }

  /** Side by side: each may write its class archive for some seconds. */
  void stop() {
    ExecutorService stoppers = Executors.newCachedThreadPool();
    CompletableFuture<?>[] ends =
        services.values().stream()
            .map(service -> CompletableFuture.runAsync(service::stop, stoppers))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
    stoppers.shutdown();
  }
}
