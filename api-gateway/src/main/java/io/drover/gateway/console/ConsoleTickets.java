package io.drover.gateway.console;

import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.signature.RecordSigner;
import io.drover.gateway.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Makes the tickets by which agents open consoles. */
@ApplicationScoped
class ConsoleTickets {
  /** A login without an end gets one. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int MAX_VIEWER_CHARS = 128;

  private final RecordSigner signer;
  private final IdSource ids;
  private final InstantSource clock;

  ConsoleTickets(RecordSigner signer, IdSource ids, InstantSource clock) {
    this.signer = signer;
    this.ids = ids;
    this.clock = clock;
  }

  /** A ticket for the caller, as the header has it. */
  String issue(Caller caller, ConsoleTarget target) {
    Instant now = clock.instant();
    Instant longest = now.plus(LONGEST);
    String subject = caller.subject();
    return new ConsoleTicket(
            ids.next(),
            target.host(),
            target.domain(),
            subject.substring(0, Math.min(subject.length(), MAX_VIEWER_CHARS)),
            now.plus(ConsoleTicket.LIFE),
            caller.until().isBefore(longest) ? caller.until() : longest)
        .signed(signer);
  }
}
