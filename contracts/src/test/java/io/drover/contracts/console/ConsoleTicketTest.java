package io.drover.contracts.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.signature.GatewayKey;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SchedulerKey;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTicketTest {
  private static final ConsoleTicket TICKET =
      new ConsoleTicket(
          UUID.randomUUID(),
          new HostId(UUID.randomUUID()),
          new DomainId(UUID.randomUUID()),
          "tina",
          Instant.parse("2026-11-29T12:00:30Z"),
          Instant.parse("2026-11-29T12:15:00Z"));

  @Test
  void whatTheGatewaySignedIsRead() {
    String text = TICKET.signed(GatewayKey.signer());
    assertThat(text).matches("[A-Za-z0-9_.+/=-]{100,1000}");
    assertThat(ConsoleTicket.read(text, GatewayKey.verifier())).isEqualTo(TICKET);
  }

  @Test
  void aSignatureOfAnotherKeyIsNone() {
    String forged = TICKET.signed(RecordSigner.of(SchedulerKey.pair().getPrivate()));
    refused(forged);
  }

  @Test
  void noWordOfATicketCanBeChanged() {
    String text = TICKET.signed(GatewayKey.signer());
    String json = new String(Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))));
    String other = json.replace(TICKET.domainId().toString(), UUID.randomUUID().toString());
    assertThat(other).isNotEqualTo(json);
    refused(
        Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes())
            + text.substring(text.indexOf('.')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.b", "e30.", "\u00e9.\u00e9", "Bearer x.y.z"})
  void otherTextsAreNoTickets(String text) {
    refused(text);
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> ConsoleTicket.read(text, GatewayKey.verifier()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessageContaining("DROVER_GATEWAY_KEYS_FILE");
  }
}
