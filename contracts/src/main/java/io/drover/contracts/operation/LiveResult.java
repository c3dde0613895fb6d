package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.drover.contracts.error.Problem;
import org.jspecify.annotations.Nullable;

/** What the success of a {@link LiveOperation} tells; in JSON {@code result} says which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "result")
@JsonTypeIdResolver(PermittedTypes.class)
public sealed interface LiveResult
    permits Done, DiskAttached, DiskDetached, DiskResized, DiskCopied {
  /**
   * Why the domain is not changed although nothing went wrong, as when a guest has refused; null
   * when it is changed.
   */
  default @Nullable Problem refusal() {
    return null;
  }
}
