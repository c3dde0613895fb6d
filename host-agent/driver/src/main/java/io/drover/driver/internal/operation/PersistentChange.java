package io.drover.driver.internal.operation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation makes of a domain's persistent definition, decided before the running domain is
 * touched: what cannot be changed there is refused with nothing changed.
 *
 * @param after the definition of the next start; empty when it stays as it is
 */
record PersistentChange(Optional<DomainDefinition> after) {
  private static final PersistentChange NONE = new PersistentChange(Optional.empty());

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
          ? new PersistentChange(before.map(operation::changed))
          : following(operation, before.get(), guest.live().definition());
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

  /** The next start follows the running domain where both had the same image. */
  private static PersistentChange following(
      LiveOperation<?> operation, DomainDefinition before, DomainDefinition running) {
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
    return same ? new PersistentChange(Optional.of(after)) : NONE;
  }

  private static boolean same(Disk one, Disk other) {
    return one.target().dev().equals(other.target().dev())
        && Objects.equals(source(one.image()), source(other.image()));
  }

  private static @Nullable Object source(@Nullable DiskImage image) {
    return image == null ? null : image.source();
  }

  /**
   * Makes it.
   *
   * @param live whether the running domain was changed before
   */
  void apply(RunningGuest guest, boolean live) {
    try {
      after.ifPresent(guest::redefine);
    } catch (ProblemException e) {
      throw live
          ? new ProblemException(
              e.code(),
              "The running domain "
                  + guest.name()
                  + " was changed, its persistent definition was not: "
                  + e.problem().detail()
                  + " Define the domain again for its next start.",
              e)
          : e;
    }
  }
}
