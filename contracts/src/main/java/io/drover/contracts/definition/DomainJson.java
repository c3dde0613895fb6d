package io.drover.contracts.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.drover.contracts.definition.xml.XmlLimits;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The JSON form of a definition: the records as they are. It obeys the same rules as the XML form,
 * because what is read goes through the XML reader before it is handed out.
 */
public final class DomainJson {
  private static final ObjectMapper MAPPER =
      ContractJson.mapper()
          .copy()
          .setSerializationInclusion(JsonInclude.Include.NON_EMPTY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private DomainJson() {}

  /** Reads a definition or fails with what is wrong, unknown members included. */
  public static DomainDefinition read(byte[] json) {
    if (json.length > XmlLimits.DOMAIN.bytes()) {
      throw new ProblemException(
          ErrorCode.REQUEST_TOO_LARGE,
          "The document has "
              + json.length
              + " bytes; at most "
              + XmlLimits.DOMAIN.bytes()
              + " are read.");
    }
    DomainDefinition definition;
    try {
      definition = MAPPER.readValue(json, DomainDefinition.class);
    } catch (JsonProcessingException e) {
      throw refused(e);
    } catch (IOException e) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "Not a JSON document.", e);
    }
    if (definition == null
        || definition.identity() == null
        || definition.memory() == null
        || definition.vcpus() == null
        || definition.os() == null) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "A definition needs the members identity, memory, vcpus and os.");
    }
    return checked(definition);
  }

  private static DomainDefinition checked(DomainDefinition definition) {
    String xml;
    try {
      xml = DomainXml.write(definition);
    } catch (NullPointerException e) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "A member of the definition that must be given is missing or null.",
          e);
    }
    return DomainXml.read(xml);
  }

  public static byte[] write(DomainDefinition definition) {
    try {
      return MAPPER.writeValueAsBytes(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A definition must be writable as JSON", e);
    }
  }

  private static ProblemException refused(JsonProcessingException e) {
    StringBuilder path = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference at : mapping.getPath()) {
        path.append('/').append(at.getFieldName() == null ? at.getIndex() : at.getFieldName());
      }
    }
    String place = path.isEmpty() ? "/" : path.toString();
    int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
    String at = line > 0 ? " (line " + line + ", column " + column + ")" : "";
    String detail = detail(e, place);
    ErrorCode code = overLimit(e) ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.INVALID_DEFINITION;
    return new ProblemException(
        code, detail + at, List.of(new Problem.Fault(code, place, line, column, detail)));
  }

  private static boolean overLimit(JsonProcessingException e) {
    return e instanceof StreamConstraintsException
        || e.getCause() instanceof StreamConstraintsException;
  }

  /** What is wrong in words of JSON; the mapper's own sentence may name classes. */
  private static String detail(JsonProcessingException e, String place) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      return "A definition has no member " + place + "; those known there are: " + known + ".";
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (overLimit(e)) {
      return "The JSON is nested too deeply, or has a value that is too long.";
    }
    if (e instanceof JsonEOFException || cause instanceof JsonEOFException) {
      return "The JSON ends too early.";
    }
    if (e instanceof JsonParseException || cause instanceof JsonParseException) {
      return "Not well-formed JSON near " + place + ".";
    }
    return "The value of " + place + " is not what a definition has there.";
  }
}
