package io.drover.driver.internal.operation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.driver.internal.journal.JobRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has changed of a running domain without an operation that waited for it, as a disk that its
 * guest has released after the detaching had timed out. It is journalled as the result of the
 * operation that had asked for it, and published until all listeners have heard of it, also by the
 * drivers after this one.
 */
public final class LateEffects {
  private static final Logger LOG = LoggerFactory.getLogger(LateEffects.class);

  /** The note of a record whose effect has not been heard of by everybody. */
  private static final String UNHEARD = "unheard";

  /** The owner of a record of what nobody had asked for. */
  private static final String GUEST = "guest";

  private LateEffects() {}

  /**
   * Journals and publishes such a change. The persistent definition follows where the operation
   * that had asked for it applies to both.
   *
   * @param change what would have done the same, on the running domain alone
   * @param result what its success tells
   * @param live what is journalled of the domain then
   */
  public static void take(
      OperationRun run,
      LiveOperation<?> change,
      LiveResult result,
      UnaryOperator<RunningGuest.Live> live) {
    RunningGuest guest = run.guest();
    JobRecord record = asked(guest, change).orElseGet(() -> unasked(run, change));
    follow(guest, record);
    Map<String, String> notes = new HashMap<>(record.notes());
    notes.put(UNHEARD, "");
    JobRecord ended = record.withResult(JobRecords.json(result)).withNotes(notes);
    guest.change(before -> JobRecords.added(live.apply(before), ended));
    publish(guest, ended, change, result);
  }

  /** The last operation that has asked for the change, unless it has made it. */
  private static Optional<JobRecord> asked(RunningGuest guest, LiveOperation<?> change) {
    Optional<JobRecord> last = Optional.empty();
    for (JobRecord each : guest.jobs()) {
      if (JobRecords.operation(each).filter(known -> known.live().equals(change)).isPresent()) {
        last = Optional.of(each);
      }
    }
    return last.filter(LateEffects::withoutEffect);
  }

  private static boolean withoutEffect(JobRecord record) {
    return record.result().isEmpty() || JobRecords.result(record).refusal() != null;
  }

  private static JobRecord unasked(OperationRun run, LiveOperation<?> change) {
    return JobRecords.begun(run.job().request(), change, run.job().info().since()).withOwner(GUEST);
  }

  private static void follow(RunningGuest guest, JobRecord record) {
    Optional<LiveOperation<?>> operation =
        JobRecords.operation(record).filter(known -> known.applies().config());
    Optional<DomainDefinition> before = guest.persistent();
    if (operation.isEmpty() || before.isEmpty()) {
      return;
    }
    try {
      PersistentChange.following(operation.get(), before.get(), guest).apply(guest);
    } catch (ProblemException e) {
      LOG.error(
          "The persistent definition of domain {} does not follow {}, which has had its effect on"
              + " the running domain late; define the domain again",
          guest.name(),
          operation.get().name(),
          e);
    }
  }

  /** Publishes what an earlier driver could not; call it before any operation. */
  static void publishAgain(RunningGuest guest) {
    for (JobRecord record : List.copyOf(guest.jobs())) {
      Optional<LiveOperation<?>> operation = JobRecords.operation(record);
      if (record.ended() && record.notes().containsKey(UNHEARD) && operation.isPresent()) {
        LiveOperation<?> change = operation.get().live();
        if (isUndone(change, guest)) {
          heard(guest, record.id());
        } else {
          publish(guest, record, change, JobRecords.result(record));
        }
      }
    }
  }

  /** Whether it could be asked for again, as when a disk of that name was attached since. */
  private static boolean isUndone(LiveOperation<?> change, RunningGuest guest) {
    try {
      DomainDefinition running = guest.live().definition();
      return !change.changed(running).equals(running);
    } catch (ProblemException e) {
      return false;
    }
  }

  private static void publish(
      RunningGuest guest, JobRecord record, LiveOperation<?> change, LiveResult result) {
    Optional<String> job =
        record.owner().equals(GUEST) ? Optional.empty() : Optional.of(record.id());
    guest.publish(job, change, result, () -> heard(guest, record.id()));
  }

  private static void heard(RunningGuest guest, String id) {
    try {
      guest.change(live -> JobRecords.changed(live, id, LateEffects::withoutNote));
    } catch (ProblemException e) {
      LOG.debug("The next driver publishes {} of domain {} again", id, guest.name(), e);
    }
  }

  private static JobRecord withoutNote(JobRecord record) {
    Map<String, String> notes = new HashMap<>(record.notes());
    notes.remove(UNHEARD);
    return record.withNotes(notes);
  }
}
