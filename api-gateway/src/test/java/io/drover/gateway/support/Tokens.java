package io.drover.gateway.support;

import io.smallrye.jwt.build.Jwt;
import java.util.List;
import java.util.Set;

/** Tokens of the test's issuer. */
public final class Tokens {
  private Tokens() {}

  public static String operator() {
    return of("oscar", Set.of("operator"), List.of());
  }

  public static String tenant(String... projects) {
    return of("tina", Set.of("tenant"), List.of(projects));
  }

  public static String of(String subject, Set<String> roles, List<String> projects) {
    return Jwt.preferredUserName(subject)
        .subject(subject)
        .groups(roles)
        .claim("projects", projects)
        .issuer("https://server.example.com")
        .audience("https://service.example.com")
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }
}
