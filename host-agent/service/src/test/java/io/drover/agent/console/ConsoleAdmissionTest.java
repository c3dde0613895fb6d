package io.drover.agent.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.signature.GatewayKey;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SchedulerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConsoleAdmissionTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final HostId HOST = new HostId(UUID.randomUUID());
  private static final DomainId DOMAIN = new DomainId(UUID.randomUUID());

  private Instant now = START;
  private final ConsoleAdmission admission =
      new ConsoleAdmission(GatewayKey.verifier(), HOST, () -> now);

  @Test
  void aTicketOfTheGatewayIsTakenOnce() {
    String ticket = ticket(HOST, DOMAIN, 30, 900).signed(GatewayKey.signer());
    assertThat(admission.take(ticket, DOMAIN.toString()).viewer()).isEqualTo("tina");
    refused(ticket, "was used before");
    after(29);
    refused(ticket, "was used before");
    after(2);
    refused(ticket, "ended at");
    assertThat(admission.refused()).isEqualTo(3);
  }

  @Test
  void aHostHasNothingOfATicketForAnotherHost() {
    HostId rogue = new HostId(UUID.randomUUID());
    refused(ticket(rogue, DOMAIN, 30, 900).signed(GatewayKey.signer()), "another host");
  }

  @Test
  void aTicketOpensNoOtherDomain() {
    DomainId other = new DomainId(UUID.randomUUID());
    refused(ticket(HOST, other, 30, 900).signed(GatewayKey.signer()), "another domain");
  }

  @Test
  void whatNoGatewaySignedIsNoTicket() {
    RecordSigner unknown = RecordSigner.of(SchedulerKey.pair().getPrivate());
    refused(ticket(HOST, DOMAIN, 30, 900).signed(unknown), "not signed");
    refused("e30.", "not signed");
    refused("", "no ticket");
  }

  @Test
  void aTicketIsForSoon() {
    refused(ticket(HOST, DOMAIN, 0, 900).signed(GatewayKey.signer()), "this host's clock says");
    refused(ticket(HOST, DOMAIN, 61, 900).signed(GatewayKey.signer()), "holds until");
  }

  @Test
  void aTicketOfBeforeThisStartMayHaveBeenUsed() {
    refused(ticket(HOST, DOMAIN, 29, 900).signed(GatewayKey.signer()), "older than this agent");
  }

  @Test
  void aLoginThatHasEndedOpensNothing() {
    after(20);
    refused(ticket(HOST, DOMAIN, 40, 20).signed(GatewayKey.signer()), "login that ended");
  }

  @Test
  void usedTicketsAreForgottenWhenTheirTimeIsOver() {
    admission.take(ticket(HOST, DOMAIN, 30, 900).signed(GatewayKey.signer()), DOMAIN.toString());
    admission.take(ticket(HOST, DOMAIN, 40, 900).signed(GatewayKey.signer()), DOMAIN.toString());
    assertThat(admission.remembered()).isEqualTo(2);
    after(35);
    admission.take(ticket(HOST, DOMAIN, 60, 900).signed(GatewayKey.signer()), DOMAIN.toString());
    assertThat(admission.remembered()).isEqualTo(2);
  }

  private void after(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private static ConsoleTicket ticket(HostId host, DomainId domain, long open, long login) {
    return new ConsoleTicket(
        id(), host, domain, "tina", START.plusSeconds(open), START.plusSeconds(login));
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  private void refused(String text, String why) {
    assertThatThrownBy(() -> admission.take(text, DOMAIN.toString()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessageContaining(why);
  }
}
