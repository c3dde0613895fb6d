package io.drover.gateway.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
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
        names.forEach(name -> topLevel(text(name)).ifPresent(projects::add));
      }
      if (token.getSubject() != null) {
        subject = token.getSubject();
      }
      long end = token.getExpirationTime();
      until = end > 0 ? Instant.ofEpochSecond(end) : Instant.MAX;
    }
    return new Caller(subject, identity.getRoles(), projects, until);
  }

  /**
   * The project of a group: a path of one name, as in {@code /demo}. A group below another, as in
   * {@code /guests/demo}, is none, and neither is a name without its path, which says nothing of
   * where in the tree it is: whoever may make subgroups must not choose a project.
   */
  private static Optional<String> topLevel(String path) {
    return path.startsWith("/") && path.lastIndexOf('/') == 0 && path.length() > 1
        ? Optional.of(path.substring(1))
        : Optional.empty();
  }

  private static String text(Object name) {
    return name instanceof JsonString json ? json.getString() : String.valueOf(name);
  }
}
