package io.drover.driver.internal.operation.power;

import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.operation.RunningGuest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * That the guest is to be reset once it has powered off, because a reboot by ACPI has asked it to;
 * libvirt's fake reboot. A note of the reboot's record, until the guest boots or is asked to shut
 * down for good.
 */
public final class PendingReboot {
  private static final String NOTE = "resetAfterPoweroff";
  static final Map<String, String> NOTES = Map.of(NOTE, "yes");

  private PendingReboot() {}

  /** Whether the next power-off of the guest is a reboot. */
  public static boolean isNoted(List<JobRecord> jobs) {
    return jobs.stream()
        .anyMatch(record -> record.notes().containsKey(NOTE) && record.problem().isEmpty());
  }

  /** The next power-off of the guest is a power-off. */
  public static RunningGuest.Live forgotten(RunningGuest.Live live) {
    List<JobRecord> jobs = live.jobs().stream().map(PendingReboot::without).toList();
    return live.withJobs(jobs);
  }

  private static JobRecord without(JobRecord record) {
    Map<String, String> notes = new HashMap<>(record.notes());
    notes.remove(NOTE);
    return record.withNotes(notes);
  }
}
