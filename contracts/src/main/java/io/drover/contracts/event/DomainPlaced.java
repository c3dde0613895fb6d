package io.drover.contracts.event;

import io.drover.contracts.command.Resources;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.net.URI;
import java.util.List;

/**
 * The scheduler has claimed a host. The envelope's generation is the claim's; the secrets-service
 * grants {@code keyIds} to this host for this generation, and revokes what older ones had.
 *
 * @param agentUrl where the gateway reaches the host's consoles
 */
public record DomainPlaced(
    HostId hostId, String hostName, URI agentUrl, Resources resources, List<KeyId> keyIds)
    implements Event {
  public DomainPlaced {
    keyIds = List.copyOf(keyIds);
  }
}
