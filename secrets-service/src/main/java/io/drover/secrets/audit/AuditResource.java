package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.KeyId;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What happened with a key, for operators. */
@Path("/v1/keys/{keyId}/audit")
public class AuditResource {
  private static final int MAX_ENTRIES = 500;

  private final AuditTrail trail;

  AuditResource(AuditTrail trail) {
    this.trail = trail;
  }

  /** The newest entries first, 500 at most; all of them are on {@code drover.audit}. */
  @GET
  @RolesAllowed("operator")
  @Blocking
  @Produces(MediaType.APPLICATION_JSON)
  public List<KeyAudited> read(@PathParam("keyId") String keyId) {
    return trail.of(KeyId.parse(keyId), MAX_ENTRIES);
  }
}
