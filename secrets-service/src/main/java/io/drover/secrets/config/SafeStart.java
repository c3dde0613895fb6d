package io.drover.secrets.config;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Keys leave over TLS, or over plain HTTP on loopback; anything else does not start. */
@ApplicationScoped
class SafeStart {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  void check(@Observes StartupEvent started, Config config) {
    String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
    String plain =
        config.getOptionalValue("quarkus.http.insecure-requests", String.class).orElse("enabled");
    requireSafe(host, plain);
  }

  static void requireSafe(String host, String insecureRequests) {
    if (!LOOPBACK.contains(host) && "enabled".equalsIgnoreCase(insecureRequests)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Keys would be released over plain HTTP on "
              + host
              + "; set quarkus.http.insecure-requests=disabled with a TLS certificate, or listen on"
              + " 127.0.0.1.");
    }
  }
}
