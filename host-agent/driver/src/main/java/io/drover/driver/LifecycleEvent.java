package io.drover.driver;

import static io.drover.driver.LifecycleEvent.Type.CRASHED;
import static io.drover.driver.LifecycleEvent.Type.DEFINED;
import static io.drover.driver.LifecycleEvent.Type.PMSUSPENDED;
import static io.drover.driver.LifecycleEvent.Type.RESUMED;
import static io.drover.driver.LifecycleEvent.Type.SHUTDOWN;
import static io.drover.driver.LifecycleEvent.Type.STARTED;
import static io.drover.driver.LifecycleEvent.Type.STOPPED;
import static io.drover.driver.LifecycleEvent.Type.SUSPENDED;
import static io.drover.driver.LifecycleEvent.Type.UNDEFINED;

import java.time.Instant;
import java.util.Locale;

/**
 * libvirt's lifecycle event of a domain.
 *
 * @param domain that it happened to
 * @param detail what happened; it names the event's type
 * @param at by the driver's clock
 */
public record LifecycleEvent(Domain domain, Detail detail, Instant at) {
  /** libvirt's {@code virDomainEventType}. */
  public enum Type {
    DEFINED,
    UNDEFINED,
    STARTED,
    SUSPENDED,
    RESUMED,
    STOPPED,
    SHUTDOWN,
    PMSUSPENDED,
    CRASHED;

    /** libvirt's word, as {@code started}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** libvirt's details, as far as this driver can tell them. */
  public enum Detail {
    DEFINED_ADDED(DEFINED, "added"),
    DEFINED_UPDATED(DEFINED, "updated"),
    DEFINED_RENAMED(DEFINED, "renamed"),
    UNDEFINED_REMOVED(UNDEFINED, "removed"),
    UNDEFINED_RENAMED(UNDEFINED, "renamed"),
    STARTED_BOOTED(STARTED, "booted"),
    STARTED_WAKEUP(STARTED, "wakeup"),
    SUSPENDED_PAUSED(SUSPENDED, "paused"),
    SUSPENDED_IOERROR(SUSPENDED, "ioerror"),
    SUSPENDED_WATCHDOG(SUSPENDED, "watchdog"),
    RESUMED_UNPAUSED(RESUMED, "unpaused"),
    STOPPED_SHUTDOWN(STOPPED, "shutdown"),
    STOPPED_DESTROYED(STOPPED, "destroyed"),
    STOPPED_CRASHED(STOPPED, "crashed"),
    STOPPED_FAILED(STOPPED, "failed"),
    SHUTDOWN_FINISHED(SHUTDOWN, "finished"),
    SHUTDOWN_GUEST(SHUTDOWN, "guest"),
    SHUTDOWN_HOST(SHUTDOWN, "host"),
    PMSUSPENDED_MEMORY(PMSUSPENDED, "memory"),
    PMSUSPENDED_DISK(PMSUSPENDED, "disk"),
    CRASHED_PANICKED(CRASHED, "panicked");

    private final Type type;
    private final String word;

    Detail(Type type, String word) {
      this.type = type;
      this.word = word;
    }

    public Type type() {
      return type;
    }

    /** libvirt's word, as {@code booted}. */
    public String word() {
      return word;
    }
  }

  public Type type() {
    return detail.type();
  }
}
