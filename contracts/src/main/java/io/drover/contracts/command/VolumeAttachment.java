package io.drover.contracts.command;

import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * A volume that a domain's definition names as {@code <source pool='drover' volume='NAME'/>}.
 *
 * @param name the volume's name, as the definition has it
 * @param keyId the key that opens it; null when it is not encrypted
 */
public record VolumeAttachment(VolumeId volumeId, String name, @Nullable KeyId keyId) {}
