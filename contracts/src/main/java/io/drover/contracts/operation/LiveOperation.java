package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One thing that can be asked of a running domain. A record of this family is the request of the
 * library, of the API, of the command line and of a command on Kafka alike; the driver has one
 * handler for each. Its {@link JsonTypeName} is its name everywhere: virsh's verb where virsh has
 * one. Pure; constructors refuse what can never be right.
 *
 * @param <R> what a success tells
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "operation")
@JsonTypeIdResolver(PermittedTypes.class)
public sealed interface LiveOperation<R extends LiveResult>
    permits Suspend, Resume, Reset, Reboot, AttachDisk, DetachDisk, ResizeDisk, CopyDisk, SendKey {
  /** What may run beside it. */
  @JsonIgnore
  JobClass jobClass();

  /** What a success tells. */
  @JsonIgnore
  Class<R> resultType();

  /** The longest that it may take, its wait for other jobs included. */
  @JsonIgnore
  default Duration deadline() {
    return Duration.ofMinutes(2);
  }

  /** Which definitions it changes; only what changes one at all lets the caller choose. */
  default Applies applies() {
    return Applies.LIVE;
  }

  /** What may run beside it while it runs, for an {@link JobClass#ASYNC} one. */
  @JsonIgnore
  default Set<JobClass> beside() {
    return Set.of();
  }

  /**
   * The names of the volumes of the pool {@code drover} that it needs, to be resolved by a host.
   */
  @JsonIgnore
  default Set<String> volumes() {
    return Set.of();
  }

  /**
   * The definition as it is after a success.
   *
   * @throws io.drover.contracts.error.ProblemException when the definition does not allow it, as a
   *     target that is taken
   */
  default DomainDefinition changed(DomainDefinition definition) {
    return definition;
  }

  /**
   * What a success tells when only the persistent definition was changed; for those that let the
   * caller choose.
   */
  default R changedConfig() {
    throw new IllegalStateException(name() + " does not change a definition alone.");
  }

  /** The same for the running domain alone; the gateway keeps the persistent definition. */
  @JsonIgnore
  default LiveOperation<R> live() {
    return this;
  }

  /** The same with each disk that it brings replaced, as by one whose volume is a file. */
  default LiveOperation<R> withDisks(UnaryOperator<Disk> resolve) {
    return this;
  }

  /** Its name everywhere, as in {@code attach-disk}. */
  @JsonIgnore
  default String name() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }

  /** What of it only an operator may ask for, by the paths of its members; empty for the rest. */
  @JsonIgnore
  default List<Problem.Fault> beyondTenants() {
    return List.of();
  }
}
