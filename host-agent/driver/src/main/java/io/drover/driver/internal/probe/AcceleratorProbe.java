package io.drover.driver.internal.probe;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.internal.process.TimedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds the usable accelerators by running {@link ProbeGuest} on each. To open {@code /dev/kvm} is
 * no proof: on some hosts it opens, the firmware runs, and the first loop over memory takes
 * minutes. Takes some hundred milliseconds where all is well and {@link #KVM_DEADLINE} where KVM
 * hangs, so callers keep the result.
 */
public final class AcceleratorProbe {
  static final Duration TCG_DEADLINE = Duration.ofSeconds(30);

  /** Of a host that is not busy. */
  static final Duration KVM_DEADLINE = Duration.ofSeconds(5);

  /** KVM that needs longer than TCG just did is no use, and nothing is decided by a close race. */
  private static final int KVM_IN_TCG_RUNS = 3;

  private static final Path KVM_DEVICE = Path.of("/dev/kvm");

  private final TimedRun run;
  private final LongSupplier nanoTicker;
  private final Path kvmDevice;

  /**
   * @param nanoTicker monotonic nanoseconds, as {@link System#nanoTime}
   */
  public AcceleratorProbe(LongSupplier nanoTicker) {
    this(nanoTicker, KVM_DEVICE);
  }

  AcceleratorProbe(LongSupplier nanoTicker, Path kvmDevice) {
    this.run = new TimedRun(ProbeGuest.STARTED, ProbeGuest.ENDED, nanoTicker);
    this.nanoTicker = nanoTicker;
    this.kvmDevice = kvmDevice;
  }

  /**
   * Times TCG, then KVM against it.
   *
   * @param emulator the QEMU system emulator for x86_64
   * @param scratch an existing folder for the probe's disk; nothing is left in it
   * @return the facts of {@code kvm} and {@code tcg}, in this order
   */
  public List<AcceleratorFacts> probe(Path emulator, Path scratch) {
    Path disk = writeDisk(scratch);
    try {
      long begun = nanoTicker.getAsLong();
      AcceleratorFacts tcg =
          AcceleratorVerdict.alone(
              "tcg", run.run(command(emulator, "tcg", disk), TCG_DEADLINE), seconds(TCG_DEADLINE));
      Duration taken = Duration.ofNanos(nanoTicker.getAsLong() - begun);
      return List.of(probeKvm(emulator, disk, tcg, kvmDeadline(taken)), tcg);
    } finally {
      remove(disk);
    }
  }

  /** On a busy host everything takes longer, KVM's run as well. */
  static Duration kvmDeadline(Duration tcgRun) {
    Duration wanted = tcgRun.multipliedBy(KVM_IN_TCG_RUNS);
    return wanted.compareTo(KVM_DEADLINE) > 0 ? wanted : KVM_DEADLINE;
  }

  private AcceleratorFacts probeKvm(
      Path emulator, Path disk, AcceleratorFacts tcg, Duration deadline) {
    if (!Files.exists(kvmDevice)) {
      return AcceleratorFacts.unusable(
          "kvm", kvmDevice + " does not exist; load the kvm module of this processor.", 0);
    }
    if (!Files.isReadable(kvmDevice) || !Files.isWritable(kvmDevice)) {
      return AcceleratorFacts.unusable(
          "kvm", kvmDevice + " may not be opened; add the driver's user to the group kvm.", 0);
    }
    return AcceleratorVerdict.kvm(
        run.run(command(emulator, "kvm", disk), deadline), tcg, seconds(deadline));
  }

  private static long seconds(Duration deadline) {
    return deadline.toSeconds();
  }

  private static List<String> command(Path emulator, String accelerator, Path disk) {
    return List.of(
        emulator.toString(),
        "-no-user-config",
        "-nodefaults",
        "-display",
        "none",
        "-machine",
        "pc",
        "-accel",
        accelerator,
        "-m",
        "16",
        "-drive",
        "if=ide,format=raw,readonly=off,snapshot=on,file=" + disk.toString().replace(",", ",,"),
        "-chardev",
        "stdio,id=console,signal=off",
        "-device",
        "isa-debugcon,iobase=" + ProbeGuest.CONSOLE_PORT + ",chardev=console",
        "-device",
        "isa-debug-exit,iobase=" + ProbeGuest.EXIT_PORT);
  }

  private static Path writeDisk(Path scratch) {
    try {
      Path disk = Files.createTempFile(scratch, "probe-", ".img");
      Files.write(disk, ProbeGuest.bootSector());
      return disk;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The probe's disk cannot be written in " + scratch + "; check space and rights.",
          e);
    }
  }

  private static void remove(Path disk) {
    try {
      Files.deleteIfExists(disk);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The probe's disk " + disk + " cannot be removed; check its rights.",
          e);
    }
  }
}
