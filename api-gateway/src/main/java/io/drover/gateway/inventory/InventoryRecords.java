package io.drover.gateway.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.TopicRule;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceVerifier;
import io.drover.gateway.inventory.model.InventoryChanges;
import io.drover.gateway.inventory.model.InventoryChanges.Change;
import io.drover.gateway.inventory.model.InventoryChanges.Known;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.topic.feed.TopicRecord;
import io.drover.gateway.trust.UntrustedRecordLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What records of the inventory's topic say, as far as a gateway has sealed them. Thread-safe. */
@ApplicationScoped
class InventoryRecords {
  private static final Logger LOG = Logger.getLogger(InventoryRecords.class);

  private final SourceVerifier sources;
  private final RecallingInventory recalling;
  private final Outbox outbox;
  private final UntrustedRecordLog untrusted;

  InventoryRecords(
      SourceVerifier sources,
      RecallingInventory recalling,
      Outbox outbox,
      UntrustedRecordLog untrusted) {
    this.sources = sources;
    this.recalling = recalling;
    this.outbox = outbox;
    this.untrusted = untrusted;
  }

  /**
   * Compares records with the database.
   *
   * @param contents gets those of what the database does not know, without domains
   */
  void take(List<TopicRecord> read, InventoryChanges changes, Map<InventoryKey, byte[]> contents) {
    Map<Change, TopicRecord> believed = new LinkedHashMap<>();
    read.forEach(record -> change(record).ifPresent(change -> believed.put(change, record)));
    if (believed.isEmpty()) {
      return;
    }
    Map<InventoryKey, Known> known =
        recalling.known(believed.keySet().stream().map(Change::key).distinct().toList());
    believed.forEach(
        (change, record) -> {
          Known before = known.getOrDefault(change.key(), Known.NOTHING);
          changes.take(change, before);
          byte[] content = record.value();
          if (content != null
              && change.key().kind() != InventoryKind.DOMAIN
              && change.version() > before.version()) {
            contents.put(change.key(), content);
          }
        });
  }

  private Optional<Change> change(TopicRecord record) {
    try {
      requireOurs(record);
      InventoryKey key =
          InventoryKey.parse(record.key()).orElseThrow(() -> invalid("its key is no kind and id"));
      return Optional.of(
          new Change(
              key, version(record), record.value() == null, record.partition(), record.offset()));
    } catch (UntrustedRecordException e) {
      deadLetter(record, e);
      untrusted.note(record.topic(), record.partition(), record.offset(), record.headers(), e);
    } catch (ProblemException e) {
      LOG.errorf(
          "Record %s-%d@%d is passed over, it is none of the inventory: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
    return Optional.empty();
  }

  private void deadLetter(TopicRecord record, UntrustedRecordException why) {
    DeadLetter letter =
        new DeadLetter(
            String.valueOf(why.getMessage()),
            record.topic(),
            record.partition(),
            record.offset(),
            EventSource.GATEWAY);
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.deadLetter(record.key(), record.headers(), record.value(), letter));
  }

  private void requireOurs(TopicRecord record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    sources.require(new SignedRecord(record.topic(), record.key(), record.headers(), value));
    String source = CloudEvents.attribute(record.headers(), "source").orElse("");
    if (!TopicRule.allows(record.topic(), source)) {
      throw new UntrustedRecordException(
          Reason.SOURCE, source + " does not write the inventory; look who may write its topic.");
    }
    if (!CloudEvents.type(record.headers()).equals(Outbox.INVENTORY_ENTRY)) {
      throw invalid("its type is not " + Outbox.INVENTORY_ENTRY);
    }
  }

  private static long version(TopicRecord record) {
    byte[] version = record.headers().get(Outbox.STATE_VERSION);
    try {
      return Long.parseLong(version == null ? "" : new String(version, UTF_8));
    } catch (NumberFormatException e) {
      throw invalid("it has no version");
    }
  }

  private static ProblemException invalid(String why) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, why);
  }
}
