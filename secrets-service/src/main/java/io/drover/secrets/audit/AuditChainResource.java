package io.drover.secrets.audit;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the audit chain is whole, for operators. */
@Path("/v1/audit/verification")
public class AuditChainResource {
  private final VerifyingAudit verifying;

  AuditChainResource(VerifyingAudit verifying) {
    this.verifying = verifying;
  }

  /**
   * Walks the whole chain.
   *
   * @param number of an entry that was kept elsewhere, with its hash: both or none
   */
  @GET
  @RolesAllowed("operator")
  @Blocking
  @Produces(MediaType.APPLICATION_JSON)
  public AuditVerification verify(
      @QueryParam("number") @Nullable Long number, @QueryParam("hash") @Nullable String hash) {
    if (number == null && hash == null) {
      return verifying.verify(Optional.empty());
    }
    if (number == null || hash == null || !hash.matches("[0-9a-fA-F]{64}")) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "An entry that was kept is named by its number and its hash of 64 hexadecimal digits;"
              + " give both, or none.");
    }
    return verifying.verify(Optional.of(new VerifyingAudit.Kept(number, hash)));
  }
}
