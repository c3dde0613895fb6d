package io.drover.driver.internal.probe;

import io.drover.driver.AcceleratorFacts;
import io.drover.driver.internal.process.TimedRun;
import java.util.OptionalLong;

/** Decides from the probe's runs what is usable; pure. */
final class AcceleratorVerdict {
  private static final long NANOS_PER_MICRO = 1000;

  private AcceleratorVerdict() {}

  static AcceleratorFacts alone(String name, TimedRun.Outcome run, long deadlineSeconds) {
    OptionalLong nanos = run.nanosBetween();
    if (nanos.isPresent()) {
      return AcceleratorFacts.usable(name, nanos.getAsLong() / NANOS_PER_MICRO);
    }
    return AcceleratorFacts.unusable(name, whyNot(run, deadlineSeconds), 0);
  }

  /** KVM that is slower than TCG does not virtualize; it emulates, and loses to the emulator. */
  static AcceleratorFacts kvm(TimedRun.Outcome run, AcceleratorFacts tcg, long deadlineSeconds) {
    AcceleratorFacts alone = alone("kvm", run, deadlineSeconds);
    if (!alone.usable() || !tcg.usable() || alone.probeMicros() <= tcg.probeMicros()) {
      return alone;
    }
    String reason =
        "A guest runs slower on /dev/kvm than under TCG ("
            + alone.probeMicros()
            + " us against "
            + tcg.probeMicros()
            + " us for the probe); the host does not virtualize in hardware.";
    return AcceleratorFacts.unusable("kvm", reason, alone.probeMicros());
  }

  private static String whyNot(TimedRun.Outcome run, long deadlineSeconds) {
    if (run.started()) {
      return "A guest starts but does not get through the probe within " + deadlineSeconds + " s.";
    }
    if (!run.finished()) {
      return "The firmware does not reach the probe's guest within " + deadlineSeconds + " s.";
    }
    String said = run.errors().isEmpty() ? "nothing" : firstLine(run.errors());
    return "QEMU ended with status "
        + run.exitStatus()
        + " before the guest ran; its output: "
        + said;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
