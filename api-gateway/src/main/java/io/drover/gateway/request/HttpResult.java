package io.drover.gateway.request;

import io.drover.contracts.json.ContractJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer as it is sent, and stored under its idempotency key. */
public record HttpResult(int status, Map<String, String> headers, byte[] body) {
  public HttpResult {
    headers = Map.copyOf(headers);
  }

  /** An answer of which the body is this view as JSON. */
  public static HttpResult json(int status, Object view) {
    return new HttpResult(
        status, Map.of("Content-Type", "application/json"), ContractJson.write(view));
  }

  public HttpResult with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResult(status, more, body);
  }
}
