package io.drover.driver;

import java.util.Optional;

/**
 * Which domains a listing shows: those that every given condition holds for. Start with {@link
 * #all}.
 *
 * @param active whether a QEMU exists
 * @param persistent whether the domain is defined
 * @param autostart whether it starts with the host
 */
public record DomainFilter(
    Optional<Boolean> active, Optional<Boolean> persistent, Optional<Boolean> autostart) {
  private static final DomainFilter ALL =
      new DomainFilter(Optional.empty(), Optional.empty(), Optional.empty());

  /** Every domain. */
  public static DomainFilter all() {
    return ALL;
  }

  public DomainFilter withActive(boolean wanted) {
    return new DomainFilter(Optional.of(wanted), persistent, autostart);
  }

  public DomainFilter withPersistent(boolean wanted) {
    return new DomainFilter(active, Optional.of(wanted), autostart);
  }

  public DomainFilter withAutostart(boolean wanted) {
    return new DomainFilter(active, persistent, Optional.of(wanted));
  }

  /** Whether the domain is shown; asks it now. */
  public boolean accepts(Domain domain) {
    return active.map(wanted -> wanted == domain.active()).orElse(true)
        && persistent.map(wanted -> wanted == domain.persistent()).orElse(true)
        && autostart.map(wanted -> wanted == domain.autostart()).orElse(true);
  }
}
