package io.drover.gateway.operation.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drover.contracts.operation.JobClass;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import org.jspecify.annotations.Nullable;

/**
 * What an operation on a running domain has besides what every operation has.
 *
 * @param request what was asked for
 * @param progress how far a long one is; null until its host has said so
 * @param result what its success has told; null until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LivePart(
    @JsonIgnore LiveOperation<?> request,
    @Nullable Progress progress,
    @Nullable LiveResult result) {
  /** How far it is, in bytes. */
  public record Progress(long done, long total) {}

  /** Its name, as in {@code attach-disk}. */
  @JsonProperty
  public String operation() {
    return request.name();
  }

  /** Whether it takes so long that it can be ended before its end. */
  @JsonProperty
  public boolean abortable() {
    return request.jobClass() == JobClass.ASYNC;
  }
}
