package io.drover.driver.internal.domain;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.definition.taint.Taint;
import io.drover.driver.Domain;
import io.drover.driver.DomainStatus;
import io.drover.driver.JobInfo;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.ShutdownMode;
import io.drover.driver.internal.define.DefinitionStore;
import io.drover.driver.internal.define.PersistentDefinition;
import io.drover.driver.internal.operation.DomainOperations;
import io.drover.driver.internal.plan.DisplayPassword;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A defined domain through all its runs: what it is asked goes to the run that there is now. Two of
 * one driver and id are equal.
 */
final class PersistentDomain implements Domain {
  private final PersistentDefinition defined;
  private final DriverContext context;
  private final DefinitionStore definitions;
  private final DomainRegistry registry;

  /**
   * @param defined as it was when the domain was looked up
   */
  PersistentDomain(PersistentDefinition defined, DriverContext context, DomainRegistry registry) {
    this.defined = defined;
    this.context = context;
    this.definitions = context.definitions();
    this.registry = registry;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PersistentDomain domain
        && domain.id().equals(id())
        && domain.registry.equals(registry);
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }

  @Override
  public String toString() {
    return "Domain " + name() + " (" + id() + ")";
  }

  private Optional<LocalDomain> run() {
    return registry.find(id());
  }

  private LocalDomain requireRun() {
    return run()
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.INVALID_STATE,
                    "Domain " + name() + " is not running; start it first."));
  }

  private PersistentDefinition latest() {
    return definitions.find(id()).orElse(defined);
  }

  @Override
  public DomainId id() {
    return defined.id();
  }

  @Override
  public String name() {
    return latest().name();
  }

  @Override
  public boolean active() {
    return run().isPresent();
  }

  @Override
  public boolean persistent() {
    return definitions.find(id()).isPresent();
  }

  @Override
  public boolean autostart() {
    return definitions.find(id()).map(PersistentDefinition::autostart).orElse(false);
  }

  @Override
  public DomainDefinition definition() {
    return run()
        .map(LocalDomain::definition)
        .orElseGet(() -> DisplayPassword.hidden(latest().definition()));
  }

  @Override
  public Optional<DomainDefinition> persistentDefinition() {
    return definitions
        .find(id())
        .map(PersistentDefinition::definition)
        .map(DisplayPassword::hidden);
  }

  @Override
  public String definitionXml() {
    return DomainXml.write(definition());
  }

  @Override
  public DomainStatus status() {
    return run().map(LocalDomain::status).orElseGet(() -> latest().lastEnd());
  }

  @Override
  public long pid() {
    return requireRun().pid();
  }

  @Override
  public String accelerator() {
    return requireRun().accelerator();
  }

  @Override
  public Map<String, String> tags() {
    return run().map(LocalDomain::tags).orElse(Map.of());
  }

  @Override
  public void tag(Map<String, String> tags) {
    requireRun().tag(tags);
  }

  @Override
  public Set<Taint> taints() {
    return run().map(LocalDomain::taints).orElse(Set.of());
  }

  @Override
  public Optional<Path> consoleSocket() {
    return run().flatMap(LocalDomain::consoleSocket);
  }

  @Override
  public Optional<Path> consoleLog() {
    return run().flatMap(LocalDomain::consoleLog);
  }

  @Override
  public void shutDown(ShutdownMode mode) {
    requireRun().shutDown(mode);
  }

  @Override
  public void destroy() {
    run().ifPresent(LocalDomain::destroy);
  }

  @Override
  public void pause() {
    requireRun().pause();
  }

  @Override
  public void resume() {
    requireRun().resume();
  }

  @Override
  public void reset() {
    requireRun().reset();
  }

  @Override
  public <R extends LiveResult> R execute(LiveOperation<R> operation) {
    Optional<LocalDomain> run = run();
    return run.isPresent() ? run.get().execute(operation) : changeDefinition(operation);
  }

  /** What virsh does with {@code --config}; the run that may begin meanwhile does not change. */
  private <R extends LiveResult> R changeDefinition(LiveOperation<R> operation) {
    if (operation.applies().live()) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain "
              + name()
              + " is not running; "
              + operation.name()
              + " changes the running domain: start it first, or, where the operation lets you"
              + " choose, use CONFIG to change its next start.");
    }
    DomainDefinition before;
    DomainDefinition after;
    do {
      before = definitions.require(id()).definition();
      after = context.completer().complete(operation.changed(before));
    } while (!definitions.replace(before, after));
    context.redefined(this);
    return operation.changedConfig();
  }

  @Override
  public <R extends LiveResult> OperationHandle<R> submit(
      LiveOperation<R> operation, JobOptions options) {
    Optional<LocalDomain> run = run();
    return run.isPresent()
        ? run.get().submit(operation, options)
        : DomainOperations.ended(
            operation,
            options,
            context.options().clock().instant(),
            () -> changeDefinition(operation));
  }

  @Override
  public List<JobInfo> jobs() {
    return run().map(LocalDomain::jobs).orElse(List.of());
  }

  @Override
  public void abortJob(String id) {
    requireRun().abortJob(id);
  }

  @Override
  public Optional<DomainStatus> awaitEnd(Duration deadline) {
    Optional<LocalDomain> current = run();
    return current.isPresent() ? current.get().awaitEnd(deadline) : Optional.of(status());
  }

  @Override
  public String qmp(String command, String argumentsJson) {
    return requireRun().qmp(command, argumentsJson);
  }
}
