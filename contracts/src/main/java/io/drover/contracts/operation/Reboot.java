package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guest to boot again; the operation ends when the guest was asked.
 *
 * @param mode who is asked; {@link Mode#DEFAULT} when it is null
 */
@JsonTypeName("reboot")
public record Reboot(@Nullable Mode mode) implements LiveOperation<Done> {
  public Reboot {
    mode = mode == null ? Mode.DEFAULT : mode;
  }

  /** Who is asked. */
  public enum Mode {
    /** The guest agent where there is one that answers, else ACPI. */
    DEFAULT,
    /** The guest agent. */
    AGENT,
    /** The guest's power button, with a reset once the guest has powered off. */
    ACPI
  }

  @Override
  public JobClass jobClass() {
    return JobClass.MODIFY;
  }

  @Override
  public Class<Done> resultType() {
    return Done.class;
  }
}
