package io.drover.gateway.feed;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which host has had which claim of a domain or volume, as the scheduler said. */
public interface ClaimDirectory {
  /**
   * Who has a claim. It never changes.
   *
   * @param project null of a claim that was told before projects were kept with it
   */
  record ClaimHolder(HostId host, @Nullable ProjectId project) {}

  /** Who has the claim. */
  Optional<ClaimHolder> holder(UUID subject, long generation);

  /** Whether a later claim of a domain or volume of this inventory may still be told. */
  boolean isAwaited(UUID subject, long generation);
}
