package io.drover.contracts.event;

import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler has chosen the host that keeps the volume. The secrets-service creates the key and
 * grants it to this host for the envelope's generation.
 *
 * @param keyId null for a plain volume
 */
public record VolumePlaced(HostId hostId, String hostName, @Nullable KeyId keyId)
    implements Event {}
