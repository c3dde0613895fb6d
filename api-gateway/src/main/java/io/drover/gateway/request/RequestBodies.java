package io.drover.gateway.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.config.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Reads bodies within their limit. Thread-safe. */
@ApplicationScoped
public class RequestBodies {
  private static final int CHUNK = 8_192;

  private final int limit;
  private final Duration deadline;
  private final NanoTicker ticker;
  private final Validator validator;
  private final HttpHeaders headers;

  /**
   * @param headers of the request at hand
   */
  RequestBodies(GatewayConfig config, NanoTicker ticker, Validator validator, HttpHeaders headers) {
    this.headers = headers;
    this.validator = validator;
    this.limit = config.maxBodyBytes();
    this.deadline = config.bodyDeadline();
    this.ticker = ticker;
  }

  /**
   * The whole body, or {@code REQUEST_TOO_LARGE} as soon as the limit is passed. {@link
   * CallerLimits} has read it already; where it has not, the whole has a deadline here too, and
   * each wait has one of the server.
   */
  public byte[] read(InputStream body) {
    String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length != null && exceeds(length, limit)) {
      throw tooLarge();
    }
    long end = ticker.nanos() + deadline.toNanos();
    byte[] chunk = new byte[CHUNK];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        bytes.write(chunk, 0, read);
        if (bytes.size() > limit) {
          throw tooLarge();
        }
        if (ticker.nanos() - end > 0) {
          throw invalid(
              "The body did not arrive within " + deadline.toSeconds() + " s; send it at once.",
              List.of());
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The body ended or paused before its end; send it again.", e);
    }
  }

  /** Whether a body of this Content-Length is larger; one that is no number counts as if. */
  static boolean exceeds(String length, int limit) {
    try {
      return Long.parseLong(length) > limit;
    } catch (NumberFormatException notANumber) {
      return true;
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ErrorCode.REQUEST_TOO_LARGE,
        "The body is larger than " + limit + " bytes; send a smaller one.");
  }

  /**
   * The body as JSON of this type that keeps the type's constraints. Members that it does not know
   * are refused by name; all constraints that are broken are named at once.
   */
  public <T> T parse(byte[] body, Class<T> type) {
    ObjectReader reader =
        ContractJson.mapper()
            .readerFor(type)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    try {
      T value = reader.readValue(body);
      if (value == null) {
        throw invalid("The body is null; a JSON object is needed.", List.of());
      }
      return requireValid(value);
    } catch (UnrecognizedPropertyException e) {
      String path = path(e);
      throw invalid(
          "The member " + path + " is not known; leave it out.",
          List.of(fault(ErrorCode.INVALID_REQUEST, path, e, "Not known here.")));
    } catch (JsonMappingException e) {
      throw mapping(e);
    } catch (JacksonException e) {
      throw invalid(
          "The body is not well-formed JSON at line " + line(e) + ", column " + column(e) + ".",
          List.of());
    } catch (IOException e) {
      throw invalid("The body is not readable JSON.", List.of());
    }
  }

  private <T> T requireValid(T value) {
    List<Fault> faults =
        validator.validate(value).stream()
            .map(RequestBodies::fault)
            .sorted(Comparator.comparing(Fault::path))
            .toList();
    if (!faults.isEmpty()) {
      throw invalid(faults.stream().map(Fault::detail).collect(Collectors.joining(" ")), faults);
    }
    return value;
  }

  private static Fault fault(ConstraintViolation<?> broken) {
    String member = broken.getPropertyPath().toString();
    Object value = broken.getInvalidValue();
    String shown = value == null ? "" : " \"" + ResourceNames.shown(value.toString()) + "\"";
    return new Fault(
        ErrorCode.INVALID_REQUEST,
        "/" + member.replace('.', '/'),
        0,
        0,
        "The " + member + shown + " " + broken.getMessage() + ".");
  }

  private static ProblemException mapping(JsonMappingException failure) {
    if (failure.getCause() instanceof ProblemException expected) {
      return expected;
    }
    String path = path(failure);
    return invalid(
        "The value at " + path + " is not of the type that this member has.",
        List.of(fault(ErrorCode.INVALID_REQUEST, path, failure, "Of another type.")));
  }

  private static Fault fault(ErrorCode code, String path, JacksonException at, String detail) {
    return new Fault(code, path, line(at), column(at), detail);
  }

  private static String path(JsonMappingException failure) {
    String path =
        failure.getPath().stream()
            .map(
                part ->
                    part.getFieldName() == null
                        ? "[" + part.getIndex() + "]"
                        : "/" + ResourceNames.shown(part.getFieldName()))
            .collect(Collectors.joining());
    return path.isEmpty() ? "/" : path;
  }

  private static int line(JacksonException failure) {
    return failure.getLocation() == null ? 0 : failure.getLocation().getLineNr();
  }

  private static int column(JacksonException failure) {
    return failure.getLocation() == null ? 0 : failure.getLocation().getColumnNr();
  }

  private static ProblemException invalid(String detail, List<Fault> faults) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail, faults);
  }
}
