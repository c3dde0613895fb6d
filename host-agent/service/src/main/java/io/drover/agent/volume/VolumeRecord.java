package io.drover.agent.volume;

import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * What the agent keeps of a volume.
 *
 * @param sizeBytes the capacity that a guest sees
 * @param format {@code raw} or {@code qcow2}
 * @param keyId null for a plain volume
 */
public record VolumeRecord(
    VolumeId volumeId,
    ProjectId projectId,
    long generation,
    String format,
    long sizeBytes,
    @Nullable KeyId keyId) {}
