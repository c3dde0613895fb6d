package io.drover.gateway.request;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a mutation in one transaction together with the storing of its answer. The same key with the
 * same request gives the stored answer; two at once: one works, the other waits and gets that
 * answer. A refused request stores nothing, so that it may be tried again.
 */
@ApplicationScoped
public class Mutations {
  private final IdempotencyKeys keys;

  Mutations(IdempotencyKeys keys) {
    this.keys = keys;
  }

  public HttpResult run(Mutation mutation, Supplier<HttpResult> work) {
    return QuarkusTransaction.requiringNew().call(() -> inTransaction(mutation, work));
  }

  private HttpResult inTransaction(Mutation mutation, Supplier<HttpResult> work) {
    if (mutation.key().isEmpty()) {
      return work.get();
    }
    String key = mutation.key().get();
    byte[] hash = hash(mutation);
    Optional<HttpResult> stored = keys.claim(key, mutation, hash);
    if (stored.isPresent()) {
      return stored.get();
    }
    HttpResult answer = work.get();
    keys.store(key, mutation.caller(), answer);
    return answer;
  }

  private static byte[] hash(Mutation mutation) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(mutation.route().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.digest(mutation.body());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
