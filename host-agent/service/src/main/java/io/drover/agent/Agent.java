package io.drover.agent;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandIntake;
import io.drover.agent.command.Generations;
import io.drover.agent.console.ConsoleAdmission;
import io.drover.agent.console.Consoles;
import io.drover.agent.domain.DomainModule;
import io.drover.agent.event.EventOutlet;
import io.drover.agent.event.EventRate;
import io.drover.agent.file.DurableFile;
import io.drover.agent.host.BusAccess;
import io.drover.agent.host.GuestIsolation;
import io.drover.agent.host.HostCapacity;
import io.drover.agent.host.HostFactsDigest;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.host.HostReporter;
import io.drover.agent.key.ClaimedKeys;
import io.drover.agent.thread.AgentThreads;
import io.drover.agent.trace.Tracing;
import io.drover.agent.volume.VolumeModule;
import io.drover.contracts.address.SafeAddresses;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SourceKey;
import io.drover.contracts.time.ServerClock;
import io.drover.driver.DriverOptions;
import io.drover.driver.QemuDriver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The agent, put together. Nothing in it knows Quarkus, so that a test can start, kill and start it
 * again as often as it likes.
 */
public final class Agent {
  private static final Logger LOG = Logger.getLogger(Agent.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_ISOLATION_EVERY = Duration.ofSeconds(30);
  private static final long MIB = 1024 * 1024;

  private final HostIdentity host;
  private final QemuDriver driver;
  private final Consoles consoles;
  private final ConsoleAdmission admission;
  private final EventOutlet outbound;
  private final DomainModule domains;
  private final CommandIntake inbound;
  private final GuestIsolation isolation;
  private final HostReporter reporting;
  private final ScheduledExecutorService timer;
  private final RemoteServices peers;

  /** By which commands expire: gateway and scheduler reckon by no clock of this host. */
  private final ServerClock brokerTime;

  /** Opens the root, which no other agent may use, and begins a new epoch. */
  public Agent(AgentConfig config, RemoteServices peers, AgentEnvironment around) {
    requireSafeAddresses(config, around.kafka());
    RecordVerifier scheduler =
        RecordVerifier.read(config.schedulerKeysFile(), "DROVER_SCHEDULER_KEYS_FILE");
    RecordVerifier gateways =
        RecordVerifier.read(config.gatewayKeysFile(), "DROVER_GATEWAY_KEYS_FILE");
    BusAccess bus =
        new BusAccess(around.kafka(), SourceKey.read(config.hostKeyFile(), "DROVER_HOST_KEY_FILE"));
    this.peers = peers;
    Path root = config.agentRoot().toAbsolutePath();
    Path own = root.resolve("agent");
    brokerTime = new ServerClock(around.clock());
    ClaimedKeys keys = new ClaimedKeys(peers.secrets(), around.clock());
    driver = QemuDriver.open(uri(root), options(config, keys, around));
    DurableFile.folder(own);
    host = HostIdentity.begin(own, config.hostId(), name(config), around.ids(), around.clock());
    LOG.infof("Agent of host %s (%s) is starting, epoch %d", host.name(), host.id(), host.epoch());
    timer = Executors.newSingleThreadScheduledExecutor(AgentThreads.factory("timer"));
    Tracing tracing = new Tracing(around.telemetry());
    outbound = outbound(own, config, host, bus, around);
    consoles = new Consoles(qemuUser(config, own));
    admission = new ConsoleAdmission(gateways, host.id(), brokerTime);
    VolumeModule volumes =
        new VolumeModule(
            new VolumeModule.Place(root, config.imageCacheMib() * MIB, unprivileged(config)),
            host,
            peers.secrets(),
            peers.gateway(),
            peers.token(),
            around.clock());
    Generations generations = new Generations();
    domains =
        new DomainModule(
            own.resolve("domains"),
            driver,
            volumes,
            new DomainModule.Services(
                host, keys, outbound.announcing(), consoles, generations, tracing, around.meters()),
            timer,
            new DomainModule.Limits(
                config.shutdownDeadline(), new EventRate(config.eventRate(), around.clock())),
            this::changed);
    List<CommandHandler<?>> handlers = new ArrayList<>(domains.handlers());
    handlers.addAll(volumes.handlers());
    inbound = inbound(own, config, scheduler, handlers, generations, tracing, around);
    isolation = new GuestIsolation(driver::prepareIsolation, this::changed);
    reporting = reporting(config, bus, volumes, around);
    measure(around.meters());
  }

  /** Finds the guests again, resumes what was left, then takes commands. */
  public void start() {
    peers.token().keepFresh(timer);
    outbound.start();
    domains.start();
    inbound.start();
    reporting.start();
    // Before the first tenant asks, and again: an operator may install what is missing.
    timer.scheduleWithFixedDelay(
        isolation::look, 0, LOOK_AT_ISOLATION_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** Releases the root. Guests keep running. */
  public void stop() throws InterruptedException {
    inbound.stop(PATIENCE);
    reporting.stop();
    domains.stop();
    timer.shutdownNow();
    outbound.stop(PATIENCE);
    consoles.close();
    driver.close();
  }

  public HostIdentity host() {
    return host;
  }

  Consoles consoles() {
    return consoles;
  }

  ConsoleAdmission admission() {
    return admission;
  }

  /** Whether the host's topic was reached and what comes can be taken. */
  boolean isReading() {
    return inbound.isReading();
  }

  private static void requireSafeAddresses(AgentConfig config, KafkaSettings kafka) {
    SafeAddresses.requireWeb("DROVER_GATEWAY_URL", config.gatewayUrl());
    SafeAddresses.requireWeb("DROVER_SECRETS_URL", config.secretsUrl());
    SafeAddresses.requireWeb("DROVER_AGENT_URL", config.agentUrl());
    SafeAddresses.requireKafka("DROVER_KAFKA", kafka);
  }

  private static EventOutlet outbound(
      Path own, AgentConfig config, HostIdentity host, BusAccess bus, AgentEnvironment around) {
    return new EventOutlet(
        own.resolve("spool"),
        bus,
        config.spoolMib() * MIB,
        host,
        around.ids(),
        around.clock(),
        around.telemetry());
  }

  private CommandIntake inbound(
      Path own,
      AgentConfig config,
      RecordVerifier scheduler,
      List<CommandHandler<?>> handlers,
      Generations generations,
      Tracing tracing,
      AgentEnvironment around) {
    return new CommandIntake(
        new CommandIntake.Source(
            own.resolve("commands"),
            around.kafka(),
            Topics.hostCommands(host.id()),
            host.epoch(),
            scheduler),
        config.commandThreads(),
        handlers,
        generations,
        id -> driver.find(id).isPresent(),
        new CommandIntake.Services(outbound.announcing(), tracing, brokerTime, around.meters()));
  }

  private HostReporter reporting(
      AgentConfig config, BusAccess bus, VolumeModule volumes, AgentEnvironment around) {
    return new HostReporter(
        new HostReporter.Settings(
            bus,
            brokerTime,
            config.agentUrl(),
            config.reportEvery(),
            volumes.disk(
                config.diskReserveMib() * MIB,
                config.volumeDiskMib().map(mib -> mib * MIB).orElse(Long.MAX_VALUE)),
            isolation),
        host,
        HostCapacity.measure(config.vcpuOvercommit(), config.memoryReserveMib()),
        new HostFactsDigest(driver::capabilities),
        new HostReporter.Seen(domains::running, inbound::next),
        around.clock(),
        around.ids());
  }

  private void changed() {
    reporting.changed();
  }

  private void measure(MeterRegistry meters) {
    Gauge.builder("drover.agent.events.unsent.bytes", outbound, o -> o.announcing().unsentBytes())
        .description("Bytes of events on disk that Kafka has not acknowledged yet")
        .register(meters);
    Gauge.builder("drover.agent.events.dropped", outbound, o -> o.announcing().droppedQmpEvents())
        .description("QMP events that were dropped because too much was unsent")
        .register(meters);
    Gauge.builder("drover.agent.events.refused", outbound, EventOutlet::refused)
        .description("Records that Kafka refused for good")
        .register(meters);
    Gauge.builder("drover.agent.consoles.refused", admission, ConsoleAdmission::refused)
        .description("Consoles that were asked for with a ticket that was not taken")
        .register(meters);
    Gauge.builder("drover.agent.commands.unfinished", inbound, CommandIntake::unfinished)
        .description("Commands that are journalled and not finished")
        .register(meters);
    Gauge.builder("drover.agent.command.lag.seconds", inbound, i -> i.lagMillis() / 1000.0)
        .description("How long the last command took from the broker to the journal")
        .register(meters);
  }

  private static DriverOptions options(
      AgentConfig config, ClaimedKeys keys, AgentEnvironment around) {
    DriverOptions options =
        DriverOptions.builder()
            .secrets(keys)
            .clock(around.clock())
            .sharedNames(true) // those of several tenants
            .guestResolvers(config.guestResolvers().orElse(List.of()))
            .build();
    return config.qemuUser().map(options::withQemuUser).orElse(options);
  }

  /** The configured user but root, the word by which an operator insists on the agent's own. */
  private static Optional<String> unprivileged(AgentConfig config) {
    return config.qemuUser().filter(user -> !user.equals("root"));
  }

  /** As whom QEMU runs: the configured user, or the agent's own, who has made this folder. */
  private static UserPrincipal qemuUser(AgentConfig config, Path own) {
    try {
      Optional<String> user = unprivileged(config);
      return user.isPresent()
          ? own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get())
          : Files.getOwner(own);
    } catch (IOException e) {
      throw new UncheckedIOException("The user of QEMU is not known to this host", e);
    }
  }

  private static String name(AgentConfig config) {
    return config.hostName().filter(n -> !n.isBlank()).orElseGet(Agent::machineName);
  }

  private static String machineName() {
    return DurableFile.read(Path.of("/proc/sys/kernel/hostname"))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .orElse("localhost");
  }

  private static URI uri(Path root) {
    return URI.create(
        "qemu:///embed?root=" + URLEncoder.encode(root.toString(), StandardCharsets.UTF_8));
  }
}
