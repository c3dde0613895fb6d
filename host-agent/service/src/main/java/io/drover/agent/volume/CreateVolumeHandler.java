package io.drover.agent.volume;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.key.SecretsClient;
import io.drover.agent.key.SecretsRestClient;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.driver.ImageFile;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.VolumeFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a volume from an image or empty, encrypted with the key that its project's secrets have.
 */
public final class CreateVolumeHandler implements CommandHandler<CreateVolume> {
  private final HostIdentity host;
  private final VolumeStore volumes;
  private final VolumeFiles files;
  private final ImageCache images;
  private final ImageCache.Source gateway;
  private final SecretsClient keys;

  CreateVolumeHandler(
      HostIdentity host,
      VolumeStore volumes,
      VolumeFiles files,
      ImageCache images,
      ImageCache.Source gateway,
      SecretsClient keys) {
    this.host = host;
    this.volumes = volumes;
    this.files = files;
    this.images = images;
    this.gateway = gateway;
    this.keys = keys;
  }

  @Override
  public Class<CreateVolume> handles() {
    return CreateVolume.class;
  }

  @Override
  public Outcome handle(CreateVolume command, CommandRun run) {
    VolumeId id = new VolumeId(command.header().subject());
    if (volumes.find(id).isEmpty()) {
      if (run.expired()) {
        throw new ProblemException(
            ErrorCode.EXPIRED,
            "The command expired at " + run.expiresAt() + " before it was carried out; ask again.");
      }
      try (SecretBytes key = fetchKey(command, run)) {
        create(command, id, Optional.ofNullable(key), run);
      }
    }
    run.announce(new VolumeCreated(host.id(), command.sizeBytes()));
    return Outcome.DONE;
  }

  @Override
  public Event failure(CreateVolume command, Problem problem, String step) {
    return new VolumeFailed(problem, step);
  }

  private @Nullable SecretBytes fetchKey(CreateVolume command, CommandRun run) {
    KeyId keyId = command.keyId();
    if (keyId == null) {
      return null;
    }
    CommandHeader header = command.header();
    return run.step("fetch-key", () -> keys.fetch(keyId, SecretsRestClient.KeyClaim.of(header)));
  }

  private void create(
      CreateVolume command, VolumeId id, Optional<SecretBytes> key, CommandRun run) {
    ImageSource image = command.image();
    if (image == null) {
      write(command, id, Optional.empty(), key, run);
      return;
    }
    run.enter("fetch-image");
    long begin = run.nanos();
    Instant started = run.now();
    images.with(
        image,
        gateway,
        file -> {
          run.completed("fetch-image", started, run.since(begin));
          ImageFile source = new ImageFile(file, ImageFormat.parse(image.format()));
          write(command, id, Optional.of(source), key, run);
          return file;
        });
  }

  private void write(
      CreateVolume command,
      VolumeId id,
      Optional<ImageFile> image,
      Optional<SecretBytes> key,
      CommandRun run) {
    Path path = volumes.path(id);
    run.step(
        "write-volume",
        () -> {
          ImageFormat format = ImageFormat.parse(command.format());
          files.create(new NewVolume(path, format, command.sizeBytes(), image), key);
          volumes.put(
              new VolumeRecord(
                  id,
                  command.header().projectId(),
                  command.header().generation(),
                  command.format(),
                  command.sizeBytes(),
                  command.keyId()));
          return path;
        });
  }
}
