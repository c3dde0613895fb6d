package io.drover.contracts.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem. The detail is a sentence that names the value, the limit and the remedy; it
 * never holds class names, stack frames or secrets.
 *
 * @param number the stable number of {@code code}
 * @param errors the single faults, when there are several or when they have a place in the input
 * @param traceId the trace in which it happened, for the operator; null outside a trace
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    URI type,
    String title,
    int status,
    ErrorCode code,
    int number,
    String detail,
    List<Fault> errors,
    @Nullable String traceId) {
  private static final String TYPE_PREFIX = "https://drover.io/problems/";

  public Problem {
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /**
   * One fault in the input.
   *
   * @param path where: an element path as in {@code /domain/devices/disk[2]/target/@dev}
   * @param line the line, from 1; 0 when unknown
   * @param column the column, from 1; 0 when unknown
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Fault(ErrorCode code, String path, int line, int column, String detail) {}

  public static Problem of(ErrorCode code, String detail) {
    return of(code, detail, List.of());
  }

  public static Problem of(ErrorCode code, String detail, List<Fault> errors) {
    return new Problem(
        URI.create(TYPE_PREFIX + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')),
        code.title(),
        code.httpStatus(),
        code,
        code.number(),
        detail,
        errors,
        null);
  }

  public Problem withTraceId(String id) {
    return new Problem(type, title, status, code, number, detail, errors, id);
  }
}
