package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Stops the virtual CPUs. */
@JsonTypeName("suspend")
public record Suspend() implements LiveOperation<Done> {
  @Override
  public JobClass jobClass() {
    return JobClass.SUSPEND;
  }

  @Override
  public Class<Done> resultType() {
    return Done.class;
  }
}
