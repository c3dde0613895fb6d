package io.drover.driver;

import java.util.Locale;

/** libvirt's {@code virDomainState}, with one of our own for a QEMU that does not answer. */
public enum DomainState {
  RUNNING,
  PAUSED,
  /** The guest has powered off and QEMU has not exited yet. */
  SHUTDOWN,
  SHUTOFF,
  CRASHED,
  PMSUSPENDED,
  /** The process is there but its monitor cannot be used; it is never killed for that. */
  UNRESPONSIVE;

  /** The word that libvirt's XML and our events use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
