package io.drover.driver.internal.operation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.DomainStatus;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.qmp.GuestAgent;
import io.drover.driver.internal.qmp.QmpEvent;
import io.drover.driver.internal.qmp.QmpExecutor;
import io.drover.driver.internal.qmp.QmpListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A domain as its operations see it. Methods may be called from any thread; all that need QEMU fail
 * with {@code UNAVAILABLE} once the driver was closed, and what they have begun is the next
 * driver's.
 */
public interface RunningGuest extends QmpExecutor {
  String name();

  /** The domain's own folder. */
  Path folder();

  DomainStatus status();

  /** The definition of its next start, completed; empty for a transient domain. */
  Optional<DomainDefinition> persistent();

  /**
   * A definition of its next start with all that {@link #persistent} has.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_DEFINITION} when its parts do
   *     not fit together
   */
  DomainDefinition complete(DomainDefinition definition);

  /** Replaces that by a completed one; it is on stable storage when the call returns. */
  void redefine(DomainDefinition definition);

  /** What is journalled of it now. */
  Live live();

  /** The jobs of {@link #live} alone. */
  List<JobRecord> jobs();

  /** Changes that; it is on stable storage when the call returns. */
  void change(UnaryOperator<Live> change);

  /**
   * Hears these events of QEMU from now on; fails when the monitor's connection ends.
   *
   * @throws io.drover.contracts.error.ProblemException {@code QEMU_UNRESPONSIVE} without a monitor
   */
  QmpListener listen(Predicate<QmpEvent> wanted);

  /**
   * Tells all listeners that the domain has changed without an operation that waited for it.
   *
   * @param job whose effect it is; empty when nobody had asked for it
   * @param change the operation that would have done the same
   * @param heard called once all have heard of it
   */
  void publish(Optional<String> job, LiveOperation<?> change, LiveResult result, Runnable heard);

  /** The next stop of the virtual CPUs is ours. */
  void expectPause();

  /** Waits until all that QEMU has told so far has changed the state. */
  void settle();

  /** The guest's agent; empty where the domain has no channel for one. */
  Optional<GuestAgent> agent();

  /**
   * What of a domain operations change.
   *
   * @param definition of the running domain
   * @param handedOver files that were given to QEMU's user, with their owners before
   * @param jobs those that run and are journalled, and the last that have ended
   */
  record Live(DomainDefinition definition, List<OriginalOwner> handedOver, List<JobRecord> jobs) {
    public Live {
      handedOver = List.copyOf(handedOver);
      jobs = List.copyOf(jobs);
    }

    public Live withDefinition(DomainDefinition next) {
      return new Live(next, handedOver, jobs);
    }

    public Live withHandedOver(List<OriginalOwner> next) {
      return new Live(definition, next, jobs);
    }

    public Live withJobs(List<JobRecord> next) {
      return new Live(definition, handedOver, next);
    }
  }
}
