package io.drover.secrets.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the audit chain from its first entry and says the first link that does not hold: an entry
 * that was changed, taken out, or put in. What was cut off at the end is found by how far the trail
 * had gone to its topic; a chain that was written anew as a whole, by an entry that was kept
 * elsewhere.
 */
@ApplicationScoped
class VerifyingAudit {
  private static final int PAGE = 1000;

  private final AuditTrail trail;

  VerifyingAudit(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * An entry as somebody has kept it.
   *
   * @param hash SHA-256 in hex
   */
  record Kept(long number, String hash) {}

  /** Reads page by page, each in a transaction of its own: entries only ever come behind. */
  AuditVerification verify(Optional<Kept> kept) {
    Walk walk = new Walk(kept);
    List<AuditRow> page = page(0);
    while (!page.isEmpty() && walk.broken == null) {
      page.forEach(walk::step);
      page = page(page.get(page.size() - 1).id());
    }
    walk.end(QuarkusTransaction.requiringNew().call(trail::sentUpTo));
    return new AuditVerification(walk.broken == null, walk.entries, walk.head, walk.broken);
  }

  private List<AuditRow> page(long behind) {
    return QuarkusTransaction.requiringNew().call(() -> trail.behind(behind, PAGE));
  }

  private static final class Walk {
    private final Optional<Kept> kept;
    private byte[] previous = new byte[0];
    private boolean keptSeen;
    private long entries;
    private AuditVerification.@Nullable Link head;
    private AuditVerification.@Nullable BrokenLink broken;

    Walk(Optional<Kept> kept) {
      this.kept = kept;
    }

    void step(AuditRow row) {
      if (broken != null) {
        return;
      }
      entries++;
      if (!Arrays.equals(row.previousHash(), previous)) {
        fault(row.id(), "it does not follow the entry before it; one was taken out or put in");
      } else if (!Arrays.equals(
          row.hash(), AuditTrail.hash(previous, row.at(), row.entry().hashed()))) {
        fault(row.id(), "its hash is not that of what it says; it was changed");
      }
      previous = row.hash();
      head = new AuditVerification.Link(row.id(), row.at(), row.hexHash());
      compare(row);
    }

    private void compare(AuditRow row) {
      if (kept.isPresent() && kept.get().number() == row.id()) {
        keptSeen = true;
        if (!kept.get().hash().equalsIgnoreCase(row.hexHash())) {
          fault(row.id(), "it is not the entry that was kept; the chain was written again");
        }
      }
    }

    void end(long sentUpTo) {
      long last = head == null ? 0 : head.number();
      if (last < sentUpTo) {
        fault(
            sentUpTo,
            "it was published and does not exist any more, nor does any behind entry " + last);
      }
      if (kept.isPresent() && !keptSeen) {
        fault(kept.get().number(), "it was kept and does not exist any more");
      }
    }

    private void fault(long number, String detail) {
      if (broken == null) {
        broken =
            new AuditVerification.BrokenLink(
                number, "Entry " + number + " breaks the chain: " + detail + ".");
      }
    }
  }
}
