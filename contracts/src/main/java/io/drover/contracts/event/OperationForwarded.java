package io.drover.contracts.event;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.util.List;

/**
 * The scheduler has sent an operation on a running domain to the host that has the domain. The
 * secrets-service grants {@code keyIds} to this host for the operation that the envelope names,
 * until that operation ends.
 */
public record OperationForwarded(HostId hostId, List<KeyId> keyIds) implements Event {
  public OperationForwarded {
    keyIds = List.copyOf(keyIds);
  }
}
