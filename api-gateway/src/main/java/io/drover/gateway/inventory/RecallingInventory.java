package io.drover.gateway.inventory;

import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.inventory.model.InventoryChanges.Known;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes into the database what the gateway has published of its inventory and its database, which
 * was restored from a backup, does not have. What is known changes nothing. Thread-safe; calls
 * block, each in transactions of its own.
 */
@ApplicationScoped
class RecallingInventory {
  private static final Logger LOG = Logger.getLogger(RecallingInventory.class);
  private static final int BATCH = 100;

  private final InventoryVersions versions;
  private final Inventory inventory;
  private final Map<InventoryKind, InventoryPart> parts;
  private final MeterRegistry metrics;
  private final GatewayConfig config;

  RecallingInventory(
      InventoryVersions versions,
      Inventory inventory,
      @All List<InventoryPart> parts,
      MeterRegistry metrics,
      GatewayConfig config) {
    this.versions = versions;
    this.inventory = inventory;
    this.parts = parts.stream().collect(Collectors.toMap(InventoryPart::kind, Function.identity()));
    this.metrics = metrics;
    this.config = config;
  }

  Map<InventoryKey, Known> known(Collection<InventoryKey> keys) {
    return QuarkusTransaction.requiringNew().call(() -> versions.known(keys));
  }

  void see(Map<InventoryKey, Long> read) {
    QuarkusTransaction.requiringNew().run(() -> versions.see(read));
  }

  /**
   * Whether the database did not have it.
   *
   * @param entry null when it was deleted
   */
  boolean recall(InventoryKey key, long version, byte @Nullable [] entry) {
    try {
      boolean forgotten =
          QuarkusTransaction.requiringNew().call(() -> recalled(key, version, entry));
      if (forgotten) {
        metrics.counter("drover.inventory.recalled", "kind", key.kind().name()).increment();
        LOG.infof(
            "The database has forgotten that %s was %s: it was restored from a backup; the record of"
                + " drover.inventory holds",
            key, entry == null ? "deleted" : "changed");
      }
      return forgotten;
    } catch (RuntimeException e) {
      if (SqlFailure.passes(e)) {
        throw e;
      }
      LOG.errorf(
          e,
          "The record of %s on drover.inventory cannot be taken into the restored database and is"
              + " passed over; compare it with the database",
          key);
      return false;
    }
  }

  private boolean recalled(InventoryKey key, long version, byte @Nullable [] entry) {
    if (!versions.recall(key, version, entry == null)) {
      return false;
    }
    if (entry == null) {
      part(key.kind()).remove(key.id());
    } else {
      part(key.kind()).recall(key.id(), entry);
    }
    return true;
  }

  /** An old record stands behind the newest on the compacted topic. */
  void repair(InventoryKey key) {
    LOG.warnf(
        "The record of %s on drover.inventory came behind a newer one; what the database has now is"
            + " published again",
        key);
    publishAgain(key);
  }

  private void publishAgain(InventoryKey key) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (!part(key.kind()).publish(key.id())) {
                inventory.drop(key);
              }
            });
  }

  /** Publishes what never was: the things of a database that is older than the topic. */
  int publishMissing() {
    int published = 0;
    for (InventoryKind kind : InventoryKind.values()) {
      List<UUID> batch;
      do {
        batch =
            QuarkusTransaction.requiringNew()
                .call(
                    () -> {
                      List<UUID> missing = versions.unpublished(kind, BATCH);
                      missing.forEach(part(kind)::publish);
                      return missing;
                    });
        published += batch.size();
      } while (batch.size() == BATCH);
    }
    return published;
  }

  /** The topic was recreated: it is compared as if nothing of it had been read. */
  void forgetSeen() {
    QuarkusTransaction.requiringNew().run(versions::forgetSeen);
  }

  /** Publishes what the topic was found not to have; how many. */
  int publishUnseen() {
    List<InventoryKey> unseen = QuarkusTransaction.requiringNew().call(versions::unseen);
    unseen.forEach(this::publishAgain);
    return unseen.size();
  }

  void forgetGone() {
    QuarkusTransaction.requiringNew()
        .run(() -> versions.forgetGone(config.consumedEventRetention()));
  }

  private InventoryPart part(InventoryKind kind) {
    InventoryPart part = parts.get(kind);
    if (part == null) {
      throw new IllegalStateException("Nothing keeps the kind " + kind);
    }
    return part;
  }
}
