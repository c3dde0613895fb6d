package io.drover.agent.volume;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.file.DurableFile;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.host.VolumeDisk;
import io.drover.agent.key.HostToken;
import io.drover.agent.key.SecretsClient;
import io.drover.driver.VolumeFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The volumes of this host with the handlers of their commands. */
public final class VolumeModule {
  private static final Duration COPY_DEADLINE = Duration.ofMinutes(30);

  private final VolumeStore volumes;
  private final VolumeFiles files;
  private final Path contents;
  private final VolumeUses uses = new VolumeUses();
  private final List<CommandHandler<?>> handlers;

  /**
   * Where files lie, and whose they are.
   *
   * @param root the agent's root; contents go to {@code volumes}, images to {@code images}
   * @param qemuUser who opens volumes and looks at images; empty for the agent's own
   */
  public record Place(Path root, long imageCacheBytes, Optional<String> qemuUser) {
    /** QEMU's user passes through to the files that it was given. */
    private Path folder(String name) {
      Path folder = root.resolve(name);
      return qemuUser.isPresent() ? DurableFile.passableFolder(folder) : DurableFile.folder(folder);
    }
  }

  /** Opens what the place has. */
  public VolumeModule(
      Place place,
      HostIdentity host,
      SecretsClient keys,
      GatewayRestClient gateway,
      HostToken token,
      InstantSource clock) {
    contents = place.folder("volumes");
    volumes = new VolumeStore(contents, place.root().resolve("agent/volumes"));
    files = VolumeFiles.of(COPY_DEADLINE, place.qemuUser());
    ImageCache images = new ImageCache(place.folder("images"), place.imageCacheBytes(), clock);
    handlers =
        List.of(
            new CreateVolumeHandler(
                host, volumes, files, images, new GatewayClient(gateway, token), keys),
            new DeleteVolumeHandler(volumes, files, uses));
  }

  public VolumeStore volumes() {
    return volumes;
  }

  /**
   * Measures the room for volumes.
   *
   * @param reserveBytes what no volume gets
   * @param limitBytes what all volumes may take at most
   */
  public VolumeDisk disk(long reserveBytes, long limitBytes) {
    return new VolumeDisk(contents, () -> files.allocatedBytes(contents), reserveBytes, limitBytes);
  }

  public VolumeUses uses() {
    return uses;
  }

  public List<CommandHandler<?>> handlers() {
    return handlers;
  }
}
