package io.drover.secrets.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.time.NanoTicker;
import io.drover.secrets.audit.AuditEntry;
import io.drover.secrets.audit.AuditTrail;
import io.drover.secrets.config.SecretsConfig;
import io.drover.secrets.key.model.Grant;
import io.drover.secrets.key.model.KeyMaterial;
import io.drover.secrets.key.model.ReleaseDecision;
import io.drover.secrets.key.model.ReleaseRequest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Releases a key to the host of the current claim. The audit row is committed before the key is
 * opened. A grant travels by Kafka and may arrive after the host's question, so the question waits
 * for it for a while.
 */
@ApplicationScoped
class ReleasingKey {
  private static final Logger LOG = Logger.getLogger(ReleasingKey.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final KeyVault vault;
  private final Grants grants;
  private final AuditTrail audit;
  private final GrantSignals signals;
  private final SecretsConfig config;
  private final NanoTicker ticker;

  ReleasingKey(
      KeyVault vault,
      Grants grants,
      AuditTrail audit,
      GrantSignals signals,
      SecretsConfig config,
      NanoTicker ticker) {
    this.vault = vault;
    this.grants = grants;
    this.audit = audit;
    this.signals = signals;
    this.config = config;
    this.ticker = ticker;
  }

  /**
   * The key, which the caller closes.
   *
   * @throws ProblemException {@code NO_GRANT} or {@code ALREADY_RELEASED}
   */
  KeyMaterial release(ReleaseRequest request) {
    long deadline = ticker.nanos() + config.grantPatience().toNanos();
    while (true) {
      CompletableFuture<Void> signal = signals.next(request.keyId());
      try {
        ReleaseDecision decision = decideAndAudit(request, ticker.nanos() >= deadline);
        switch (decision) {
          case RELEASE -> {
            return open(request);
          }
          case REFUSE_ALREADY_RELEASED ->
              throw new ProblemException(
                  ErrorCode.ALREADY_RELEASED,
                  "Another command of generation "
                      + request.generation()
                      + " already has this key; start the domain again for a new claim.");
          case REFUSE_NO_GRANT -> throw noGrant(request);
          case REFUSE_FORGED_GRANT -> {
            LOG.errorf(
                "The grant of key %s for %s in generation %d is not as this service has written it,"
                    + " so the key is not released; look who may write the schema secrets, and start"
                    + " the domain again for a new grant",
                request.keyId(), request.subject(), request.generation());
            throw noGrant(request);
          }
          case NOT_YET_GRANTED -> {
            if (ticker.nanos() >= deadline) {
              throw noGrant(request);
            }
            await(signal);
          }
        }
      } finally {
        signals.forget(request.keyId(), signal);
      }
    }
  }

  /** In one transaction, so that the note of a release and its audit row come or go together. */
  private ReleaseDecision decideAndAudit(ReleaseRequest request, boolean last) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Optional<Grant> grant =
                  grants.findLocked(
                      request.keyId(), request.subject().value(), request.generation());
              ReleaseDecision decision = ReleaseDecision.decide(grant, request);
              if (decision == ReleaseDecision.RELEASE) {
                grants.released(grant.orElseThrow(), request.commandId());
              }
              if (decision != ReleaseDecision.NOT_YET_GRANTED || last) {
                audit.append(entry(request, decision));
              }
              return decision;
            });
  }

  private KeyMaterial open(ReleaseRequest request) {
    return QuarkusTransaction.requiringNew()
        .call(() -> vault.open(request.keyId()))
        .orElseThrow(() -> noGrant(request));
  }

  private static AuditEntry entry(ReleaseRequest request, ReleaseDecision decision) {
    String outcome =
        decision == ReleaseDecision.RELEASE ? "done" : decision.name().toLowerCase(Locale.ROOT);
    return new AuditEntry(
        "release",
        outcome,
        request.keyId(),
        request.subject().value(),
        request.generation(),
        request.hostId(),
        request.commandId(),
        "host " + request.hostId());
  }

  private static ProblemException noGrant(ReleaseRequest request) {
    return new ProblemException(
        ErrorCode.NO_GRANT,
        "Host "
            + request.hostId()
            + " has no grant for this key at generation "
            + request.generation()
            + "; only the host of the current claim gets it.");
  }

  private static void await(CompletableFuture<Void> signal) {
    try {
      signal.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Another instance may have consumed the grant: look again.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The service stops; ask again.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
