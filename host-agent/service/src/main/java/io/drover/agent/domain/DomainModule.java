package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.Generations;
import io.drover.agent.console.Consoles;
import io.drover.agent.event.DomainNotices;
import io.drover.agent.event.EventPublisher;
import io.drover.agent.event.EventRate;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.key.ClaimedKeys;
import io.drover.agent.trace.Tracing;
import io.drover.agent.volume.VolumeModule;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.report.HostReport;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.QemuDriver;
import io.drover.driver.UnknownQemu;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The domains of this host with the handlers of their commands. */
public final class DomainModule {
  private static final Logger LOG = Logger.getLogger(DomainModule.class);

  private final QemuDriver driver;
  private final DomainRecords records;
  private final DomainWatch watch;
  private final VolumeModule volumes;
  private final Generations generations;
  private final List<CommandHandler<?>> handlers;
  private final DomainNotices notices;
  private QemuDriver.@Nullable Subscription subscription;
  private volatile boolean stopped;

  /** The other parts of the agent that domains need. */
  public record Services(
      HostIdentity host,
      ClaimedKeys keys,
      EventPublisher events,
      Consoles consoles,
      Generations generations,
      Tracing tracing,
      MeterRegistry meters) {}

  /**
   * What domains may take.
   *
   * @param shutdownDeadline how long a guest may take to shut down once asked
   * @param events how many events each may cause
   */
  public record Limits(Duration shutdownDeadline, EventRate events) {}

  /**
   * @param folder keeps what the agent knows of each domain
   * @param onChange called when what runs has changed
   */
  public DomainModule(
      Path folder,
      QemuDriver driver,
      VolumeModule volumes,
      Services services,
      ScheduledExecutorService timer,
      Limits limits,
      Runnable onChange) {
    this.driver = driver;
    this.volumes = volumes;
    this.generations = services.generations();
    HostIdentity host = services.host();
    MeterRegistry meters = services.meters();
    records = new DomainRecords(folder);
    VolumeResolver resolving = new VolumeResolver(volumes.volumes());
    OpenVolumes open = new OpenVolumes(records, volumes.uses(), resolving);
    notices = new DomainNotices(services.events(), limits.events(), timer);
    watch = new DomainWatch(records, open, notices, services, onChange);
    handlers =
        List.of(
            new StartDomainHandler(driver, records, watch, resolving, volumes.uses(), services),
            new StopDomainHandler(host, driver, records, watch, timer, limits.shutdownDeadline()),
            new DeleteDomainHandler(driver, records, watch),
            new OperateDomainHandler(
                driver, records, resolving, open, services.keys(), () -> stopped),
            new AbortOperationHandler(driver));
    measure(meters);
  }

  private void measure(MeterRegistry meters) {
    for (DomainState state : DomainState.values()) {
      Gauge.builder("drover.agent.domains", driver, d -> count(d, state))
          .description("Domains of this host by state")
          .tag("state", state.word())
          .register(meters);
    }
    Gauge.builder("drover.agent.unknown.qemus", driver, d -> d.unknownQemus().size())
        .description("QEMU processes under this root that are in no journal")
        .register(meters);
    Gauge.builder("drover.agent.events.limited", notices, DomainNotices::limited)
        .description(
            "QMP events and states of domains left out because their guest causes too many")
        .register(meters);
  }

  public List<CommandHandler<?>> handlers() {
    return handlers;
  }

  /** Hears of changes from here on, and tells what became of the domains of the last run. */
  public void start() {
    subscription = driver.listen(watch);
    for (DomainRecord known : records.all()) {
      generations.note(known.domainId().value(), known.generation());
      Optional<Domain> domain = driver.find(known.domainId());
      if (domain.isPresent()) {
        volumes.uses().take(known.domainId(), known.volumes());
        watch.found(domain.get(), known);
      } else if (known.startedAt() != null) {
        watch.missed(known);
      }
    }
    for (Domain domain : driver.domains()) {
      if (records.find(domain.id()).isEmpty()) {
        LOG.warnf("Domain %s runs and no command started it; it is not managed", domain.id());
      }
    }
    for (UnknownQemu unknown : driver.unknownQemus()) {
      LOG.warnf(
          "QEMU process %d is in no journal; it is not managed, end it by hand", unknown.pid());
    }
  }

  /** Every domain whose QEMU is seen alive now. */
  public List<HostReport.RunningDomain> running() {
    return driver.domains().stream()
        .filter(domain -> !domain.status().ended())
        .map(
            domain ->
                new HostReport.RunningDomain(
                    domain.id(), generation(domain.id()), domain.status().state().word()))
        .toList();
  }

  /** Hears of nothing more. Guests go on. */
  public void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.close();
    }
  }

  private long generation(DomainId id) {
    return records.find(id).map(DomainRecord::generation).orElse(0L);
  }

  private static long count(QemuDriver driver, DomainState state) {
    return driver.domains().stream().filter(domain -> domain.status().state() == state).count();
  }
}
