package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Lets the virtual CPUs run again. */
@JsonTypeName("resume")
public record Resume() implements LiveOperation<Done> {
  @Override
  public JobClass jobClass() {
    return JobClass.SUSPEND;
  }

  @Override
  public Class<Done> resultType() {
    return Done.class;
  }
}
