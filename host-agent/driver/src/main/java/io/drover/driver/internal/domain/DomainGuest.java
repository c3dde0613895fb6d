package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.folder.OwnershipRecord;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.operation.power.PendingReboot;
import io.drover.driver.internal.qmp.GuestAgent;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpListener;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A domain as its operations see it, until the driver is closed. Thread-safe. */
final class DomainGuest implements RunningGuest {
  private final LocalDomain domain;
  private final DomainStore store;
  private final DriverOptions options;
  private volatile boolean closed;

  DomainGuest(LocalDomain domain, DomainStore store, DriverOptions options) {
    this.domain = domain;
    this.store = store;
    this.options = options;
  }

  /** From now on another driver may be at work on the domain, or it has ended. */
  void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw store.ended()
          ? new ProblemException(ErrorCode.INVALID_STATE, "Domain " + name() + " has ended.")
          : new ProblemException(
              ErrorCode.UNAVAILABLE,
              "The driver of domain " + name() + " was closed, or the domain is ending.");
    }
  }

  @Override
  public <R> R execute(QmpCommand<R> command) {
    requireOpen();
    return domain.execute(command);
  }

  @Override
  public String name() {
    return domain.name();
  }

  @Override
  public Path folder() {
    return domain.folder();
  }

  @Override
  public DomainStatus status() {
    return domain.status();
  }

  @Override
  public Live live() {
    return of(store.entry());
  }

  @Override
  public Optional<DomainDefinition> persistent() {
    return domain.defined();
  }

  @Override
  public DomainDefinition complete(DomainDefinition definition) {
    return domain.complete(definition);
  }

  @Override
  public void redefine(DomainDefinition definition) {
    requireOpen();
    domain.redefine(definition);
  }

  @Override
  public List<JobRecord> jobs() {
    return store.entry().jobs();
  }

  private static Live of(JournalEntry entry) {
    List<OriginalOwner> owners =
        entry.resources().stream()
            .filter(OwnershipRecord.class::isInstance)
            .flatMap(held -> ((OwnershipRecord) held).owners().stream())
            .toList();
    return new Live(entry.definition(), owners, entry.jobs());
  }

  @Override
  public void change(UnaryOperator<Live> change) {
    requireOpen();
    store.record(
        entry -> {
          Live after = change.apply(of(entry));
          return entry.withLive(after.definition(), owned(entry, after.handedOver()), after.jobs());
        });
  }

  private static List<ResourceRecord> owned(JournalEntry entry, List<OriginalOwner> owners) {
    List<ResourceRecord> held = new ArrayList<>(entry.resources());
    held.removeIf(OwnershipRecord.class::isInstance);
    held.add(new OwnershipRecord(owners));
    return held;
  }

  @Override
  public QmpListener listen(Predicate<QmpEvent> wanted) {
    requireOpen();
    return domain
        .monitor()
        .open()
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.QEMU_UNRESPONSIVE,
                    "The monitor of " + name() + " is not connected; try again."))
        .listen(wanted);
  }

  @Override
  public void publish(
      Optional<String> job, LiveOperation<?> change, LiveResult result, Runnable heard) {
    domain.publish(job, change, result, heard);
  }

  @Override
  public void expectPause() {
    store.change(DomainStateMachine::pausing);
  }

  @Override
  public void settle() {
    store.settle();
  }

  @Override
  public Optional<GuestAgent> agent() {
    Path socket = domain.folder().resolve(GuestAgent.SOCKET_NAME);
    return Files.exists(socket)
        ? Optional.of(
            new GuestAgent(
                socket,
                domain.monitor()::requireQemu,
                options.qmpDeadlines().query(),
                options.nanoTicker()))
        : Optional.empty();
  }

  /** Whether the guest is reset once it has powered off. */
  boolean rebootPending() {
    return PendingReboot.isNoted(jobs());
  }

  /** The next power-off of the guest is no reboot. */
  void forgetReboot() {
    if (rebootPending()) {
      change(PendingReboot::forgotten);
    }
  }
}
