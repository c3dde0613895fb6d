package io.drover.definition.complete.builder;

import io.drover.contracts.definition.device.Device;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What is wrong with a definition; all that is found is reported at once. */
public final class Faults {
  private final List<Found> found = new ArrayList<>();
  private final boolean collecting;
  private ToIntFunction<Device> origin = device -> -1;

  private Faults(boolean collecting) {
    this.collecting = collecting;
  }

  /**
   * A fault, and the number of the device that it is in among those of the definition.
   *
   * @param device -1 where it is in none of them
   */
  public record Found(Problem.Fault fault, int device) {}

  /** Faults that end a completion after the first step with faults. */
  public static Faults stopping() {
    return new Faults(false);
  }

  /** Faults that let the completion go on as far as it can, to find all faults. */
  public static Faults collecting() {
    return new Faults(true);
  }

  public List<Found> found() {
    return found;
  }

  /** Does a step that may refuse; a refusal counts as a fault here. */
  public void attempt(Runnable step) {
    if (!collecting) {
      step.run();
      return;
    }
    int known = found.size();
    try {
      step.run();
    } catch (ProblemException e) {
      if (known == 0) { // else it may only follow from what is known
        refused(e);
      }
    }
  }

  /** Does a step for one device that may refuse it. */
  public void attempt(Device device, Runnable step) {
    if (!collecting) {
      step.run();
      return;
    }
    try {
      step.run();
    } catch (ProblemException e) {
      fault(device, e.problem().detail());
    }
  }

  /** What a host would have to be asked is no fault of the definition. */
  private void refused(ProblemException e) {
    if (e.code() == ErrorCode.HOST_RESOURCE_MISSING) {
      return;
    }
    if (e.problem().errors().isEmpty()) {
      fault("/domain/devices", e.problem().detail());
    }
    e.problem().errors().forEach(fault -> found.add(new Found(fault, -1)));
  }

  /**
   * From here on, devices are found by this.
   *
   * @param number a device's number among those of the definition; -1 for one that was added
   */
  public void placedBy(ToIntFunction<Device> number) {
    origin = number;
  }

  public void fault(Device device, String detail) {
    found.add(
        new Found(
            new Problem.Fault(
                ErrorCode.INVALID_DEFINITION,
                "/domain/devices/" + DeviceNames.of(device),
                0,
                0,
                detail),
            origin.applyAsInt(device)));
  }

  public void fault(String path, String detail) {
    found.add(new Found(new Problem.Fault(ErrorCode.INVALID_DEFINITION, path, 0, 0, detail), -1));
  }

  public void throwIfAny() {
    if (!found.isEmpty() && !collecting) {
      Problem.Fault first = found.get(0).fault();
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          first.path() + ": " + first.detail(),
          found.stream().map(Found::fault).toList());
    }
  }
}
