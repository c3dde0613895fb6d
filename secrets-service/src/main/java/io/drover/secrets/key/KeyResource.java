package io.drover.secrets.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.SubjectId;
import io.drover.secrets.key.model.KeyMaterial;
import io.drover.secrets.key.model.ReleaseRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Keys over HTTP, for host agents alone. */
@Path("/v1/keys")
public class KeyResource {
  private final ReleasingKey releasing;
  private final JsonWebToken token;

  KeyResource(ReleasingKey releasing, JsonWebToken token) {
    this.releasing = releasing;
    this.token = token;
  }

  /** Releases a key to the host that the token names, if the current claim is its. */
  @POST
  @Path("/{keyId}/release")
  @RolesAllowed("host")
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response release(@PathParam("keyId") String keyId, JsonNode body) {
    ReleaseRequest request =
        new ReleaseRequest(
            KeyId.parse(keyId),
            SubjectId.parse(text(body, "subject")),
            generation(body),
            CommandId.parse(text(body, "commandId")),
            callingHost());
    byte[] answer;
    try (KeyMaterial key = releasing.release(request)) {
      answer = answer(key);
    }
    StreamingOutput once =
        output -> {
          try {
            output.write(answer);
          } finally {
            Arrays.fill(answer, (byte) 0);
          }
        };
    return Response.ok(once).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** The passphrase is base64, so it needs no escaping in JSON; no String ever holds it. */
  private static byte[] answer(KeyMaterial key) {
    byte[] head = "{\"key\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);
    byte[] passphrase = key.passphrase();
    byte[] answer = new byte[head.length + passphrase.length + tail.length];
    System.arraycopy(head, 0, answer, 0, head.length);
    System.arraycopy(passphrase, 0, answer, head.length, passphrase.length);
    System.arraycopy(tail, 0, answer, head.length + passphrase.length, tail.length);
    Arrays.fill(passphrase, (byte) 0);
    return answer;
  }

  private HostId callingHost() {
    Object claim = token.getClaim("host_id");
    if (claim == null) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "The token has the role host but no claim host_id; add it to the host's client.");
    }
    return HostId.parse(claim.toString());
  }

  private static String text(JsonNode body, String member) {
    JsonNode value = body == null ? null : body.get(member);
    if (value == null || !value.isTextual()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The member \"" + member + "\" is missing; give a UUID.");
    }
    return value.textValue();
  }

  private static long generation(JsonNode body) {
    JsonNode value = body.get("generation");
    if (value == null || !value.isIntegralNumber() || value.longValue() < 1) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The member \"generation\" is missing or not a number from 1; give the claim's.");
    }
    return value.longValue();
  }
}
