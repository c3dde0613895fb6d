package io.drover.agent.key;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.SubjectId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The release of keys at the secrets-service. */
@RegisterRestClient(configKey = "secrets")
@Path("/v1/keys")
public interface SecretsRestClient {
  /**
   * Releases the key to this host, once for the claim. The answer is read as bytes, so that it can
   * be overwritten.
   */
  @POST
  @Path("/{key}/release")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  byte[] release(
      @HeaderParam("Authorization") String authorization,
      @PathParam("key") String key,
      KeyClaim claim);

  /**
   * For what the key is wanted.
   *
   * @param subject the domain or volume, or the operation that the key was granted for
   * @param generation of its claim
   * @param commandId the command that needs it; the same one may ask again
   */
  record KeyClaim(SubjectId subject, long generation, CommandId commandId) {
    public static KeyClaim of(CommandHeader header) {
      return new KeyClaim(new SubjectId(header.subject()), header.generation(), header.id());
    }

    /** What was granted for the command's operation alone. */
    public static KeyClaim ofOperation(CommandHeader header) {
      return new KeyClaim(
          new SubjectId(header.operationId().value()), header.generation(), header.id());
    }
  }
}
