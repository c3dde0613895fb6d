package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Resets the machine as its reset button does. */
@JsonTypeName("reset")
public record Reset() implements LiveOperation<Done> {
  @Override
  public JobClass jobClass() {
    return JobClass.SUSPEND;
  }

  @Override
  public Class<Done> resultType() {
    return Done.class;
  }
}
