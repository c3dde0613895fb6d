package io.drover.secrets.key.model;

import java.util.Optional;

/** Whether a host gets a key; pure. */
public enum ReleaseDecision {
  RELEASE,
  /** No grant has arrived yet; one may be on its way. */
  NOT_YET_GRANTED,
  /** The grant is another host's, or its claim has ended. */
  REFUSE_NO_GRANT,
  /** The row of the grant is not as this service has written it. */
  REFUSE_FORGED_GRANT,
  /** Another command of this claim has had the key. */
  REFUSE_ALREADY_RELEASED;

  /** Decides for the grant of the requested key, subject and generation. */
  public static ReleaseDecision decide(Optional<Grant> found, ReleaseRequest request) {
    if (found.isEmpty()) {
      return NOT_YET_GRANTED;
    }
    Grant grant = found.get();
    if (!grant.genuine()) {
      return REFUSE_FORGED_GRANT;
    }
    if (grant.revoked() || !grant.hostId().equals(request.hostId())) {
      return REFUSE_NO_GRANT;
    }
    boolean another = grant.releasedTo().filter(to -> !to.equals(request.commandId())).isPresent();
    return another ? REFUSE_ALREADY_RELEASED : RELEASE;
  }
}
