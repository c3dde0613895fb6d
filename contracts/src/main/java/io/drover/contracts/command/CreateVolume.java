package io.drover.contracts.command;

import io.drover.contracts.id.KeyId;
import org.jspecify.annotations.Nullable;

/** Creates the volume on this host; fields as in {@link PlaceVolume}. */
public record CreateVolume(
    CommandHeader header,
    String name,
    long sizeBytes,
    String format,
    @Nullable KeyId keyId,
    @Nullable ImageSource image)
    implements HostCommand {
  @Override
  public CreateVolume withHeader(CommandHeader addressed) {
    return new CreateVolume(addressed, name, sizeBytes, format, keyId, image);
  }
}
