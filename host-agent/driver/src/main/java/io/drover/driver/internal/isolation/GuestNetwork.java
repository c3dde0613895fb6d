package io.drover.driver.internal.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.NetworkEntry;
import io.drover.driver.internal.process.Programs;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of a root's isolated guests: made when the first of them is started, kept as long as
 * this driver is open, and by the kernel as long as one of them runs. Once a second its rules
 * follow the host's addresses, and an uplink that has ended is started again. Thread-safe.
 */
public final class GuestNetwork
    implements HostResource<GuestNetworkPlan, GuestNetworkRecord>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuestNetwork.class);
  private static final String FILE = "guest-network";
  private static final long PERIOD_SECONDS = 1;
  private static final List<String> LOAD =
      List.of(
          "sh",
          "-c",
          "nft -f - && ip link set lo up"
              + " && { echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet || true; }");

  private final Path state;
  private final Path log;
  private final DriverOptions options;
  private final Executor background;
  private final NetworkOwner owner = NetworkOwner.ofThisProgram();
  private @Nullable Standing standing;
  private boolean closed;

  /** The one that stands; what it lacks is why cards are refused. */
  private static final class Standing {
    private final GuestNamespace namespace;
    private final Uplink uplink;
    private @Nullable HostNetwork loaded;
    private String lack = "its rules are not loaded.";

    private Standing(GuestNamespace namespace, Uplink uplink) {
      this.namespace = namespace;
      this.uplink = uplink;
    }
  }

  /**
   * @param state the folder of the root's running state
   * @param logs the folder of its logs
   * @param background runs what is done once a second
   */
  public GuestNetwork(Path state, Path logs, DriverOptions options, Executor background) {
    this.state = state;
    this.log = logs.resolve(FILE + ".log");
    this.options = options;
    this.background = background;
  }

  @Override
  public Class<GuestNetworkPlan> planType() {
    return GuestNetworkPlan.class;
  }

  @Override
  public ResourceKind<GuestNetworkRecord> kind() {
    return GuestNetworkRecord.KIND;
  }

  /**
   * Makes the network unless it stands.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host cannot isolate guests, or
   *     not those with network cards
   */
  @Override
  public synchronized GuestNetworkRecord prepare(GuestNetworkPlan plan) {
    Standing now = stand();
    if (plan.cards() && !now.lack.isEmpty()) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "This host cannot isolate guests that have network cards: " + now.lack);
    }
    return new GuestNetworkRecord(now.namespace.known().name());
  }

  @Override
  public void acquire(GuestNetworkPlan plan, GuestNetworkRecord held) {
    // it stands; QEMU itself will hold the lease
  }

  @Override
  public void release(GuestNetworkRecord held) {
    // the end of QEMU has released it
  }

  /** Takes the network over that the domain's QEMU runs in. */
  @Override
  public synchronized void reattach(GuestNetworkRecord held) {
    Standing now = standing;
    if (now == null) {
      now = adopted().orElse(null);
    }
    if (now == null || !now.namespace.known().name().equals(held.namespace())) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE,
          "The isolated network "
              + held.namespace()
              + " has lost its first process and its uplink; restart the domains in it.");
    }
  }

  /** How a process is started in it; {@link #prepare} has succeeded. */
  public synchronized NetworkEntry entry() {
    return stand().namespace.entry();
  }

  /**
   * Makes sure that a process that was started there is there.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when it is not
   */
  public synchronized void requireInside(long pid) {
    String wanted = stand().namespace.known().name();
    String found = GuestNamespace.nameOf(pid);
    if (!found.equals(wanted)) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The process "
              + pid
              + " runs in the network "
              + found
              + " and not in that of isolated guests, "
              + wanted
              + "; start the domain again.");
    }
  }

  private Standing stand() {
    Standing now = standing;
    if (now != null && !now.namespace.alive()) {
      lost(now);
      now = null;
    }
    if (now == null) {
      now = begin(GuestNamespace.make(owner, freshLease()));
      now.namespace.letPing();
      now.namespace.known().write(record());
      keep(now);
    } else if (!now.lack.isEmpty()) {
      keep(now); // the operator may have mended it
    }
    return now;
  }

  private Optional<Standing> adopted() {
    return NamespaceRecord.read(record())
        .flatMap(known -> GuestNamespace.adopt(owner, known))
        .map(
            found -> {
              Standing now = begin(found);
              now.uplink.adopt(HostNetwork.read());
              keep(now);
              return now;
            });
  }

  private Standing begin(GuestNamespace namespace) {
    DomainFolder.privateFile(log);
    HostProcesses processes = HostProcesses.ofHost(Optional.of(owner.ids()), state);
    Standing now =
        new Standing(namespace, new Uplink(namespace, processes, log, owner.privileged()));
    standing = now;
    LOG.info("The network of isolated guests is {}", namespace.known().name());
    lookLater();
    return now;
  }

  /** Has rules and uplink as the host's network wants them. */
  private void keep(Standing now) {
    HostNetwork host = HostNetwork.read();
    if (!host.equals(now.loaded)) {
      String before = now.lack;
      now.lack = "its rules are older than the host's addresses.";
      now.lack = load(now, host);
      if (!now.lack.isEmpty() && !now.lack.equals(before)) {
        LOG.error("Isolated guests with network cards cannot be started: {}", now.lack);
      }
    }
    if (now.lack.isEmpty()) {
      now.uplink.keep(host, options.nanoTicker().getAsLong());
    }
  }

  /** What is missing, empty for nothing: only then the rules are in force. */
  private String load(Standing now, HostNetwork host) {
    String missing = missing();
    if (!missing.isEmpty()) {
      return missing;
    }
    GuestResolver resolver = GuestResolver.of(options.guestResolvers(), host);
    ToolProcess.Result result =
        now.namespace.administer(LOAD, GuestRules.of(host, resolver).getBytes(UTF_8));
    if (result.exitStatus() != 0) {
      return "nft refuses the rules: " + result.output().strip();
    }
    now.loaded = host;
    warnOfNames(resolver);
    return "";
  }

  private static String missing() {
    for (List<String> need :
        List.of(List.of("nft", "nftables"), List.of("ip", "iproute2"), List.of("pasta", "passt"))) {
      if (Programs.find(need.get(0)).isEmpty()) {
        return need.get(0) + " is missing; install it (on Debian the package " + need.get(1) + ").";
      }
    }
    return "";
  }

  private static void warnOfNames(GuestResolver resolver) {
    if (resolver.missing()) {
      LOG.warn(
          "Isolated guests cannot resolve names: the resolver {} is this host itself, and no other"
              + " is known; name one (DROVER_GUEST_RESOLVERS of an agent)",
          resolver.from().map(Object::toString).orElse(""));
    }
  }

  private void lookLater() {
    CompletableFuture.delayedExecutor(PERIOD_SECONDS, TimeUnit.SECONDS, background)
        .execute(this::look);
  }

  private synchronized void look() {
    Standing now = standing;
    if (closed || now == null) {
      return;
    }
    if (!now.namespace.alive()) {
      lost(now);
      return;
    }
    try {
      keep(now);
    } catch (RuntimeException e) {
      LOG.error("The network of isolated guests does not follow the host's", e);
    }
    lookLater();
  }

  private void lost(Standing now) {
    LOG.error(
        "The first process of the network {} has ended: isolated guests in it reach nothing any"
            + " more, restart them",
        now.namespace.known().name());
    standing = null;
    now.namespace.close();
  }

  private Path record() {
    return state.resolve(FILE + ".properties");
  }

  /** A name that was never used: a writer whose driver was killed must find no reader. */
  private Path freshLease() {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(state, FILE + "-*.lease")) {
      for (Path lease : old) {
        Files.delete(lease);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The old leases in " + state + " cannot be removed.", e);
    }
    return state.resolve(FILE + "-" + Long.toHexString(options.random().nextLong()) + ".lease");
  }

  /** The kernel ends it with the last QEMU that runs in it. */
  @Override
  public synchronized void close() {
    closed = true;
    Standing now = standing;
    standing = null;
    if (now != null) {
      now.namespace.close();
    }
  }
}
