package io.drover.driver;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a driver is opened with.
 *
 * @param secrets where passphrases come from
 * @param volumes where the volumes of pools are
 * @param qemuUser the unprivileged user that QEMU runs as; only root can set it. Files of a domain
 *     are given to this user while it runs
 * @param qmpDeadlines how long QMP commands may take
 * @param startDeadline how long QEMU may take to open its monitor
 * @param stopDeadline how long each of {@code quit}, SIGTERM and SIGKILL may take to end QEMU
 * @param clock wall time, for events
 * @param nanoTicker monotonic nanoseconds, for durations
 * @param random for master keys and initialisation vectors
 */
public record DriverOptions(
    SecretSource secrets,
    VolumeSource volumes,
    Optional<String> qemuUser,
    QmpDeadlines qmpDeadlines,
    Duration startDeadline,
    Duration stopDeadline,
    InstantSource clock,
    LongSupplier nanoTicker,
    SecureRandom random) {

  /** No secrets, no pools, the user of this process, the usual deadlines, the system's clocks. */
  public static DriverOptions defaults() {
    return new DriverOptions(
        SecretSource.none(),
        VolumeSource.none(),
        Optional.empty(),
        QmpDeadlines.usual(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        InstantSource.system(),
        System::nanoTime,
        new SecureRandom());
  }

  public DriverOptions withSecrets(SecretSource newSecrets) {
    return new DriverOptions(
        newSecrets,
        volumes,
        qemuUser,
        qmpDeadlines,
        startDeadline,
        stopDeadline,
        clock,
        nanoTicker,
        random);
  }

  public DriverOptions withVolumes(VolumeSource newVolumes) {
    return new DriverOptions(
        secrets,
        newVolumes,
        qemuUser,
        qmpDeadlines,
        startDeadline,
        stopDeadline,
        clock,
        nanoTicker,
        random);
  }

  /**
   * Runs guests as another user than root, who must be this process's. The driver's folders are
   * opened for others to pass, not to read.
   */
  public DriverOptions withQemuUser(String user) {
    return new DriverOptions(
        secrets,
        volumes,
        Optional.of(user),
        qmpDeadlines,
        startDeadline,
        stopDeadline,
        clock,
        nanoTicker,
        random);
  }

  public DriverOptions withQmpDeadlines(QmpDeadlines deadlines) {
    return new DriverOptions(
        secrets,
        volumes,
        qemuUser,
        deadlines,
        startDeadline,
        stopDeadline,
        clock,
        nanoTicker,
        random);
  }

  public DriverOptions withStopDeadline(Duration deadline) {
    return new DriverOptions(
        secrets,
        volumes,
        qemuUser,
        qmpDeadlines,
        startDeadline,
        deadline,
        clock,
        nanoTicker,
        random);
  }

  public DriverOptions withClock(InstantSource newClock) {
    return new DriverOptions(
        secrets,
        volumes,
        qemuUser,
        qmpDeadlines,
        startDeadline,
        stopDeadline,
        newClock,
        nanoTicker,
        random);
  }
}
