package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** It is done, and that is all there is to tell. */
@JsonTypeName("done")
public record Done() implements LiveResult {
  /** The one value. */
  public static final Done DONE = new Done();
}
