package io.drover.it.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** What the gateway answered, and how long it took. */
public record Answer(int status, HttpHeaders headers, String text, Duration took) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body, which must be JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + this, e);
    }
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The path that the answer's Location names. */
  public String location() {
    String location =
        header("Location").orElseThrow(() -> new AssertionError("No Location: " + this));
    return location.startsWith("http") ? java.net.URI.create(location).getPath() : location;
  }

  @Override
  public String toString() {
    return status + " in " + took.toMillis() + " ms: " + text;
  }
}
