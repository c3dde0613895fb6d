package io.drover.it.campaign;

import java.time.Duration;

/** One thing that goes wrong, and for how long. */
sealed interface Fault {
  /** A process ends without a word, and is started again. */
  record Killed(String service, Duration away) implements Fault {}

  /** A process stands still, as on a machine that swaps or a paused virtual machine. */
  record Stopped(String service, Duration away) implements Fault {}

  /** No packet comes from or goes to a host. */
  record Unplugged(int host, Duration away) implements Fault {}

  /** A host's disk, with its agent's journal and spool and its guests' files, takes no byte. */
  record FullHostDisk(int host, Duration away) implements Fault {}

  /** The database's disk takes no byte, so that the database ends by itself. */
  record FullDatabaseDisk(Duration away) implements Fault {}

  /** A host's clock is set to another time, and back. */
  record SteppedClock(int host, Duration by, Duration away) implements Fault {}

  /** The database takes no writes, as one that has become a standby. */
  record Standby(Duration away) implements Fault {}

  /** The database's processes end without a word, and are started again. */
  record DeadDatabase(Duration away) implements Fault {}

  /** What the scheduler has decided for a while is forgotten, as its database was restored. */
  record RestoredScheduler(Duration away) implements Fault {}

  /** The broker ends in order and comes back. */
  record DeadBroker(Duration away) implements Fault {}

  Duration away();
}
