package io.drover.agent.key;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.time.NanoTicker;
import io.drover.driver.SecretBytes;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Fetches disk keys. A grant follows the placement within milliseconds but by another way, so a
 * missing grant is asked for again until the deadline. Thread-safe; calls block.
 */
public final class SecretsClient {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final SecretsRestClient secrets;
  private final HostToken token;
  private final Duration deadline;
  private final NanoTicker ticker;

  public SecretsClient(
      SecretsRestClient secrets, HostToken token, Duration deadline, NanoTicker ticker) {
    this.secrets = secrets;
    this.token = token;
    this.deadline = deadline;
    this.ticker = ticker;
  }

  /**
   * The passphrase of the key for this claim; the caller closes it.
   *
   * @throws ProblemException {@code NO_GRANT}, {@code ALREADY_RELEASED} or {@code KEY_UNAVAILABLE}
   */
  public SecretBytes fetch(KeyId key, SecretsRestClient.KeyClaim claim) {
    long end = ticker.nanos() + deadline.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return passphrase(secrets.release(token.authorization(), key.toString(), claim));
      } catch (WebApplicationException e) {
        ProblemException problem = problemOf(key, e);
        if (!problem.code().retryable() || ticker.nanos() > end) {
          throw problem;
        }
      } catch (ProcessingException e) {
        if (ticker.nanos() > end) {
          throw unavailable(key, "the secrets-service cannot be reached", e);
        }
      }
      await(key, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Takes the one text member of the answer without ever making a String of it. */
  private static SecretBytes passphrase(byte[] answer) {
    try (JsonParser json = ContractJson.mapper().createParser(answer)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING && "key".equals(json.currentName())) {
          CharBuffer text =
              CharBuffer.wrap(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
          ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
          byte[] exact = new byte[bytes.remaining()];
          bytes.get(exact);
          Arrays.fill(bytes.array(), (byte) 0);
          return SecretBytes.owning(exact);
        }
      }
    } catch (IOException e) {
      // The cause is left out: a parser's message quotes what it read.
      throw new ProblemException(
          ErrorCode.KEY_UNAVAILABLE, "The secrets-service's answer is not JSON; see its log.");
    } finally {
      Arrays.fill(answer, (byte) 0);
    }
    throw new ProblemException(
        ErrorCode.KEY_UNAVAILABLE, "The secrets-service's answer has no key; see its log.");
  }

  private static ProblemException problemOf(KeyId key, WebApplicationException e) {
    Response response = e.getResponse();
    try {
      Problem problem = response.readEntity(Problem.class);
      if (problem != null && problem.code() != null) {
        return new ProblemException(problem);
      }
    } catch (ProcessingException | IllegalStateException unreadable) {
      e.addSuppressed(unreadable);
    }
    return unavailable(key, "the secrets-service answered " + response.getStatus(), e);
  }

  private static ProblemException unavailable(KeyId key, String why, Exception cause) {
    return new ProblemException(
        ErrorCode.KEY_UNAVAILABLE,
        "The key " + key + " could not be fetched: " + why + "; try again once it is back.",
        cause);
  }

  private void await(KeyId key, long millis) {
    synchronized (this) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(key, "the agent stops", e);
      }
    }
  }
}
