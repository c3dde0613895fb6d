package io.drover.contracts.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.RecordVerifier;
import io.drover.contracts.signature.SignedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets one viewer open the console of one domain at one host, once and soon. The gateway signs it
 * and sends it to the address that the host has reported; whoever reads it there has nothing that
 * another host, or the same host a second time, would take.
 *
 * @param id one of a kind
 * @param viewer the subject of the viewer's token, for people who look for who it was
 * @param openBefore after this instant the console is not opened
 * @param until when the viewer's login ends, and the console with it
 */
public record ConsoleTicket(
    UUID id, HostId hostId, DomainId domainId, String viewer, Instant openBefore, Instant until) {
  /** The header of the WebSocket's request. */
  public static final String HEADER = "Drover-Console-Ticket";

  /** From the ticket's making until it is worth nothing. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  /** In the place of a topic in what is signed, so that a ticket is no record and no record one. */
  private static final String PURPOSE = "drover console ticket";

  private static final int MAX_TEXT = 4096;

  /** The text of the header. */
  public String signed(RecordSigner gateway) {
    byte[] json = ContractJson.write(this);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json)
        + "."
        + gateway.sign(signature(json, Map.of()));
  }

  /**
   * Reads a ticket that one of the trusted gateways has signed.
   *
   * @throws ProblemException {@code FORBIDDEN} for any other text
   */
  public static ConsoleTicket read(String text, RecordVerifier gateways) {
    int dot = text.indexOf('.');
    if (text.length() > MAX_TEXT || dot < 0) {
      throw refusal("is no ticket", null);
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.substring(0, dot));
      byte[] signature = text.substring(dot + 1).getBytes(ISO_8859_1);
      gateways.require(signature(json, Map.of(SignedRecord.HEADER, signature)));
      return ContractJson.read(json, ConsoleTicket.class);
    } catch (IllegalArgumentException | ProblemException e) {
      throw refusal("is not signed by a trusted gateway", e);
    }
  }

  private static SignedRecord signature(byte[] json, Map<String, byte[]> headers) {
    return new SignedRecord(PURPOSE, "", headers, json);
  }

  private static ProblemException refusal(String why, @Nullable Exception cause) {
    String text =
        "The console ticket (header "
            + HEADER
            + ") "
            + why
            + "; open consoles through the gateway, whose public key DROVER_GATEWAY_KEYS_FILE has.";
    return cause == null
        ? new ProblemException(ErrorCode.FORBIDDEN, text)
        : new ProblemException(ErrorCode.FORBIDDEN, text, cause);
  }
}
