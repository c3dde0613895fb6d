package io.drover.agent.volume;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.host.HostIdentity;
import io.drover.agent.host.VolumeDisk;
import io.drover.agent.key.HostToken;
import io.drover.agent.key.SecretsClient;
import io.drover.driver.VolumeFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The volumes of this host with the handlers of their commands. */
public final class VolumeModule {
  private static final Duration COPY_DEADLINE = Duration.ofMinutes(30);

  private final VolumeStore volumes;
  private final VolumeFiles files = VolumeFiles.of(COPY_DEADLINE);
  private final Path contents;
  private final VolumeUses uses = new VolumeUses();
  private final List<CommandHandler<?>> handlers;

  /**
   * @param root the agent's root; contents go to {@code volumes}, images to {@code images}
   */
  public VolumeModule(
      Path root,
      long imageCacheBytes,
      HostIdentity host,
      SecretsClient keys,
      GatewayRestClient gateway,
      HostToken token,
      InstantSource clock) {
    contents = root.resolve("volumes");
    volumes = new VolumeStore(contents, root.resolve("agent/volumes"));
    ImageCache images = new ImageCache(root.resolve("images"), imageCacheBytes, clock);
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
   */
  public VolumeDisk disk(long reserveBytes) {
    return new VolumeDisk(contents, () -> files.allocatedBytes(contents), reserveBytes);
  }

  public VolumeUses uses() {
    return uses;
  }

  public List<CommandHandler<?>> handlers() {
    return handlers;
  }
}
