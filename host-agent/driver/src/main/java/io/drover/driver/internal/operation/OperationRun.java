package io.drover.driver.internal.operation;

import io.drover.contracts.operation.LiveOperation;
import io.drover.driver.JobListener;
import io.drover.driver.internal.job.RunningJob;
import io.drover.driver.internal.journal.JobRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of an operation, as its handler sees it. */
public final class OperationRun {
  private final String id;
  private final RunningGuest guest;
  private final RunningJob job;
  private final JobListener listener;
  private volatile boolean halfDone;

  /**
   * @param id of the operation's record
   * @param job that it runs in
   */
  OperationRun(String id, RunningGuest guest, RunningJob job, JobListener listener) {
    this.id = id;
    this.guest = guest;
    this.job = job;
    this.listener = listener;
  }

  String id() {
    return id;
  }

  public RunningGuest guest() {
    return guest;
  }

  public RunningJob job() {
    return job;
  }

  /** The operations that are journalled and have not ended, but this one. */
  public List<LiveOperation<?>> others() {
    return guest.jobs().stream()
        .filter(record -> !record.ended() && !record.id().equals(id))
        .map(JobRecords::operation)
        .flatMap(Optional::stream)
        .<LiveOperation<?>>map(each -> each)
        .toList();
  }

  /** What a note of this operation says; empty when there is none. */
  public Optional<String> note(String name) {
    return JobRecords.find(guest, id).map(record -> record.notes().get(name));
  }

  /** Journals notes of this operation; on stable storage when the call returns. */
  public void note(Map<String, String> notes) {
    guest.change(live -> JobRecords.changed(live, id, record -> noted(record, notes)));
  }

  /** Journals notes together with another change. */
  public RunningGuest.Live noted(RunningGuest.Live live, Map<String, String> notes) {
    return JobRecords.changed(live, id, record -> noted(record, notes));
  }

  private static JobRecord noted(JobRecord record, Map<String, String> notes) {
    Map<String, String> all = new HashMap<>(record.notes());
    all.putAll(notes);
    return record.withNotes(all);
  }

  /** How far it is, in bytes. */
  public void progress(long done, long total) {
    job.progress(done, total);
    listener.progressed(job.info());
  }

  /** Something is left that could not be undone now: it stays journalled and is tried again. */
  public void leaveHalfDone() {
    halfDone = true;
  }

  boolean halfDone() {
    return halfDone;
  }
}
