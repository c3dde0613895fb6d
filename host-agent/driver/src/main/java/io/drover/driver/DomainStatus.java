package io.drover.driver;

/**
 * libvirt's state and reason of a domain.
 *
 * @param detail for people: exit status and last words of QEMU, or what was found; often empty
 */
public record DomainStatus(DomainState state, StateReason reason, String detail) {
  public DomainStatus {
    if (!reason.fits(state)) {
      throw new IllegalArgumentException(reason + " is no reason of " + state);
    }
  }

  public DomainStatus(DomainState state, StateReason reason) {
    this(state, reason, "");
  }

  /** Whether QEMU is gone. */
  public boolean ended() {
    return state == DomainState.SHUTOFF;
  }
}
