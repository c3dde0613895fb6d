package io.drover.driver.internal.operation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import io.drover.driver.internal.journal.JobRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operation makes of a domain's persistent definition, decided before the running domain is
 * touched: what cannot be changed there is refused with nothing changed. That it is to be changed
 * is journalled with the operation, so that after a kill the next driver makes the change once QEMU
 * shows that the running domain was changed, and drops it otherwise.
 *
 * @param after the definition of the next start, completed; empty when it stays as it is
 */
record PersistentChange(Optional<DomainDefinition> after) {
  private static final Logger LOG = LoggerFactory.getLogger(PersistentChange.class);
  private static final PersistentChange NONE = new PersistentChange(Optional.empty());

  /** The note of an operation that changes the persistent definition, too. */
  private static final String NOTE = "persistent";

  /**
   * Decides it.
   *
   * @throws ProblemException {@code INVALID_STATE} when the caller has chosen the persistent
   *     definition of a domain that has none, and what the operation says of a definition that does
   *     not allow it
   */
  static PersistentChange of(LiveOperation<?> operation, RunningGuest guest) {
    if (!operation.applies().config()) {
      return NONE;
    }
    boolean chosen = !operation.live().applies().config();
    Optional<DomainDefinition> before = guest.persistent();
    if (before.isPresent()) {
      return chosen
          ? to(operation.changed(before.get()), guest)
          : following(operation, before.get(), guest);
    }
    if (chosen) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain "
              + guest.name()
              + " is transient and has no persistent definition to change; use LIVE alone.");
    }
    return NONE;
  }

  private static PersistentChange to(DomainDefinition after, RunningGuest guest) {
    return new PersistentChange(Optional.of(guest.complete(after)));
  }

  /** The next start follows the running domain where both had the same image. */
  static PersistentChange following(
      LiveOperation<?> operation, DomainDefinition before, RunningGuest guest) {
    DomainDefinition running = guest.live().definition();
    DomainDefinition after;
    try {
      after = operation.changed(before);
    } catch (ProblemException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return NONE; // the next start has no such disk
      }
      throw e;
    }
    boolean same =
        before.devices(Disk.class).stream()
            .filter(disk -> !after.devices(Disk.class).contains(disk))
            .allMatch(disk -> running.devices(Disk.class).stream().anyMatch(at -> same(at, disk)));
    return same ? to(after, guest) : NONE;
  }

  private static boolean same(Disk one, Disk other) {
    return one.target().dev().equals(other.target().dev())
        && Objects.equals(source(one.image()), source(other.image()));
  }

  private static @Nullable Object source(@Nullable DiskImage image) {
    return image == null ? null : image.source();
  }

  /** What is journalled of it with the operation. */
  Map<String, String> intent() {
    return after.isPresent() ? Map.of(NOTE, "changes") : Map.of();
  }

  /**
   * Decides it again from what was journalled. A definition that does not allow it has it already,
   * or was replaced since.
   */
  static PersistentChange resumed(
      JobRecord record, LiveOperation<?> operation, RunningGuest guest) {
    Optional<DomainDefinition> before = guest.persistent();
    if (!record.notes().containsKey(NOTE) || before.isEmpty()) {
      return NONE;
    }
    try {
      return to(operation.changed(before.get()), guest);
    } catch (ProblemException e) {
      LOG.info(
          "The persistent definition of domain {} stays as it is after {} was resumed: {}",
          guest.name(),
          operation.name(),
          e.getMessage());
      return NONE;
    }
  }

  /** Makes it; on stable storage when the call returns. */
  void apply(RunningGuest guest) {
    after.ifPresent(guest::redefine);
  }

  /** What is told when the running domain was changed and {@link #apply} has failed. */
  static ProblemException notYet(RunningGuest guest, ProblemException cause) {
    return new ProblemException(
        cause.code(),
        "The running domain "
            + guest.name()
            + " was changed, its persistent definition is not yet: "
            + cause.problem().detail()
            + " The driver tries again before the next change of the domain, and at its own next"
            + " start.",
        cause);
  }
}
