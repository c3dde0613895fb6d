package io.drover.gateway.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Tokens of the test's issuer. */
public final class Tokens {
  public static final String ISSUER = "https://server.example.com";
  public static final String AUDIENCE = "drover";

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
        .claim("projects", projects.stream().map(Tokens::path).toList())
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  /** A tenant's token with groups by their paths, as the identity provider writes them. */
  public static String ofGroups(List<String> paths) {
    return claims(paths, ISSUER, AUDIENCE).jws().keyId("1").sign("privateKey.jwk");
  }

  private static String path(String project) {
    return "/" + project;
  }

  /** A tenant's token that ends so many seconds from now. */
  public static String ending(String project, long seconds) {
    return claims(List.of(path(project)), ISSUER, AUDIENCE)
        .expiresAt(Instant.now().plusSeconds(seconds))
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  /** A tenant's token of another issuer, or for another audience. */
  public static String from(String issuer, String audience, String project) {
    return claims(List.of(path(project)), issuer, audience).jws().keyId("1").sign("privateKey.jwk");
  }

  /** A tenant's token that nobody signed. */
  public static String unsigned(String project) {
    String claims = from(ISSUER, AUDIENCE, project).split("\\.")[1];
    return text("{\"alg\":\"none\"}") + "." + claims + ".";
  }

  /** A token without a subject. */
  public static String nobody(String project) {
    return Jwt.groups(Set.of("tenant"))
        .claim("projects", List.of(path(project)))
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  private static JwtClaimsBuilder claims(List<String> paths, String issuer, String audience) {
    return Jwt.subject("tina")
        .groups(Set.of("tenant"))
        .claim("projects", paths)
        .issuer(issuer)
        .audience(audience);
  }

  private static String text(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
