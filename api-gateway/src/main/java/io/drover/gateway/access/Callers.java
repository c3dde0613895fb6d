package io.drover.gateway.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads the caller from the token. */
public final class Callers {
  private static final String MEMBERSHIP = "projects";

  private Callers() {}

  public static Caller of(SecurityIdentity identity) {
    Set<String> projects = new LinkedHashSet<>();
    Instant until = Instant.MAX;
    String subject = identity.getPrincipal().getName();
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      Object claim = token.getClaim(MEMBERSHIP);
      if (claim instanceof Collection<?> names) {
        names.forEach(name -> projects.add(text(name)));
      }
      if (token.getSubject() != null) {
        subject = token.getSubject();
      }
      long end = token.getExpirationTime();
      until = end > 0 ? Instant.ofEpochSecond(end) : Instant.MAX;
    }
    return new Caller(subject, identity.getRoles(), projects, until);
  }

  private static String text(Object name) {
    return name instanceof JsonString json ? json.getString() : String.valueOf(name);
  }
}
