package io.drover.it.campaign;

import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One login for all tenants, kept fresh: Keycloak takes logins of one person at the same moment for
 * an attack, and refuses all but one. Thread-safe.
 */
final class TenantLogin {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final RunningSuite suite;
  private @Nullable Project project;
  private Instant since = Instant.EPOCH;

  TenantLogin(RunningSuite suite) {
    this.suite = suite;
  }

  synchronized Project project() {
    Instant now = Instant.now();
    Project current = project;
    if (current == null || Duration.between(since, now).compareTo(FRESH) > 0) {
      current = new Project(suite, "demo", suite.as("alice"));
      project = current;
      since = now;
    }
    return current;
  }
}
