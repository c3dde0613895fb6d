package io.drover.driver.internal.journal;

import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.internal.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is needed to find a domain again.
 *
 * @param process {@link ProcessIdentity#NOT_YET_KNOWN} from just before the start of QEMU until
 *     just after it
 * @param bootId of the host's boot that the process belongs to
 * @param folder the domain's own folder, with its sockets
 * @param log of QEMU's own words
 * @param state libvirt's word
 * @param reason libvirt's word
 * @param handedOver files that were given to QEMU's user, with their owners before
 * @param taints what the driver cannot answer for
 * @param definition libvirt domain XML without an XML declaration
 * @param jobs the operations that a killed driver leaves to the next, and the last that have ended
 */
public record JournalEntry(
    DomainId id,
    String name,
    ProcessIdentity process,
    String bootId,
    Path folder,
    Path monitor,
    Path log,
    Optional<Path> consoleSocket,
    Optional<Path> consoleLog,
    String accelerator,
    String state,
    String reason,
    Map<String, String> tags,
    List<HandedOver> handedOver,
    Set<Taint> taints,
    String definition,
    List<JobRecord> jobs) {
  public JournalEntry {
    jobs = List.copyOf(jobs);
    tags = Map.copyOf(tags);
    handedOver = List.copyOf(handedOver);
    taints = Set.copyOf(taints);
  }

  /** An entry of a domain without jobs. */
  public JournalEntry(
      DomainId id,
      String name,
      ProcessIdentity process,
      String bootId,
      Path folder,
      Path monitor,
      Path log,
      Optional<Path> consoleSocket,
      Optional<Path> consoleLog,
      String accelerator,
      String state,
      String reason,
      Map<String, String> tags,
      List<HandedOver> handedOver,
      Set<Taint> taints,
      String definition) {
    this(
        id,
        name,
        process,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        state,
        reason,
        tags,
        handedOver,
        taints,
        definition,
        List.of());
  }

  /** What an operation on the running domain changes, at once. */
  public JournalEntry withLive(
      String newDefinition, List<HandedOver> newHandedOver, List<JobRecord> newJobs) {
    return new JournalEntry(
        id,
        name,
        process,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        state,
        reason,
        tags,
        newHandedOver,
        taints,
        newDefinition,
        newJobs);
  }

  /** A file and the user and group that owned it. */
  public record HandedOver(Path file, long uid, long gid) {}

  public JournalEntry withProcess(ProcessIdentity started) {
    return new JournalEntry(
        id,
        name,
        started,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        state,
        reason,
        tags,
        handedOver,
        taints,
        definition,
        jobs);
  }

  public JournalEntry withState(String newState, String newReason) {
    return new JournalEntry(
        id,
        name,
        process,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        newState,
        newReason,
        tags,
        handedOver,
        taints,
        definition,
        jobs);
  }

  public JournalEntry withTags(Map<String, String> newTags) {
    return new JournalEntry(
        id,
        name,
        process,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        state,
        reason,
        newTags,
        handedOver,
        taints,
        definition,
        jobs);
  }

  public JournalEntry withTaint(Taint taint) {
    Set<Taint> all = new HashSet<>(taints);
    all.add(taint);
    return new JournalEntry(
        id,
        name,
        process,
        bootId,
        folder,
        monitor,
        log,
        consoleSocket,
        consoleLog,
        accelerator,
        state,
        reason,
        tags,
        handedOver,
        all,
        definition,
        jobs);
  }
}
