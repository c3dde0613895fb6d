package io.drover.contracts.command;

import io.drover.contracts.id.KeyId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a host that keeps the volume, and its creation there.
 *
 * @param sizeBytes the capacity that a guest sees
 * @param format {@code raw} or {@code qcow2}
 * @param keyId the key to create and to encrypt with; null for a plain volume
 * @param image where the content comes from; null for an empty volume
 * @param near a volume or domain on whose host it is to be; null for any host
 */
public record PlaceVolume(
    CommandHeader header,
    String name,
    long sizeBytes,
    String format,
    @Nullable KeyId keyId,
    @Nullable ImageSource image,
    @Nullable UUID near)
    implements SchedulerCommand {}
