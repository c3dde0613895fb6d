package io.drover.driver.internal.journal;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.StateReason;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that is needed to find a domain again.
 *
 * @param process {@link ProcessIdentity#NOT_YET_KNOWN} from just before the start of QEMU until
 *     just after it
 * @param bootId of the host's boot that the process belongs to
 * @param accelerator {@code kvm} or {@code tcg}
 * @param reason of the state that was seen last, which it names
 * @param taints what the driver cannot answer for
 * @param resources what the domain holds on the host beside QEMU
 * @param definition the live one: as it runs, without secrets
 * @param jobs the operations that a killed driver leaves to the next, and the last that have ended
 */
public record JournalEntry(
    DomainId id,
    ProcessIdentity process,
    String bootId,
    QemuFiles files,
    String accelerator,
    StateReason reason,
    Map<String, String> tags,
    Set<Taint> taints,
    List<ResourceRecord> resources,
    DomainDefinition definition,
    List<JobRecord> jobs) {
  public JournalEntry {
    tags = Map.copyOf(tags);
    taints = Set.copyOf(taints);
    resources = List.copyOf(resources);
    jobs = List.copyOf(jobs);
  }

  /** An entry of a domain without jobs. */
  public JournalEntry(
      DomainId id,
      ProcessIdentity process,
      String bootId,
      QemuFiles files,
      String accelerator,
      StateReason reason,
      Map<String, String> tags,
      Set<Taint> taints,
      List<ResourceRecord> resources,
      DomainDefinition definition) {
    this(
        id,
        process,
        bootId,
        files,
        accelerator,
        reason,
        tags,
        taints,
        resources,
        definition,
        List.of());
  }

  public String name() {
    return definition.name();
  }

  /** The domain's own folder. */
  public Path folder() {
    return files.folder();
  }

  public Path monitor() {
    return files.monitor();
  }

  public JournalEntry withProcess(ProcessIdentity started) {
    return with(draft -> draft.process = started);
  }

  public JournalEntry withReason(StateReason next) {
    return with(draft -> draft.reason = next);
  }

  public JournalEntry withTags(Map<String, String> next) {
    return with(draft -> draft.tags = next);
  }

  public JournalEntry withTaint(Taint taint) {
    Set<Taint> all = new HashSet<>(taints);
    all.add(taint);
    return with(draft -> draft.taints = all);
  }

  public JournalEntry withResources(List<ResourceRecord> next) {
    return with(draft -> draft.resources = next);
  }

  public JournalEntry withDefinition(DomainDefinition live) {
    return with(draft -> draft.definition = live);
  }

  /** What an operation on the running domain changes, at once. */
  public JournalEntry withLive(
      DomainDefinition live, List<ResourceRecord> held, List<JobRecord> newJobs) {
    return with(
        draft -> {
          draft.definition = live;
          draft.resources = held;
          draft.jobs = newJobs;
        });
  }

  private JournalEntry with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done(this);
  }

  /** A copy whose changing parts can be replaced one by one. */
  private static final class Draft {
    private ProcessIdentity process;
    private StateReason reason;
    private Map<String, String> tags;
    private Set<Taint> taints;
    private List<ResourceRecord> resources;
    private DomainDefinition definition;
    private List<JobRecord> jobs;

    Draft(JournalEntry from) {
      process = from.process;
      reason = from.reason;
      tags = from.tags;
      taints = from.taints;
      resources = from.resources;
      definition = from.definition;
      jobs = from.jobs;
    }

    JournalEntry done(JournalEntry from) {
      return new JournalEntry(
          from.id,
          process,
          from.bootId,
          from.files,
          from.accelerator,
          reason,
          tags,
          taints,
          resources,
          definition,
          jobs);
    }
  }
}
