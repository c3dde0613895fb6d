package io.drover.agent.volume;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.VolumeId;
import io.drover.driver.VolumeFiles;

/** Removes a volume's content; one that is not there is gone already. */
public final class DeleteVolumeHandler implements CommandHandler<DeleteVolume> {
  private final VolumeStore volumes;
  private final VolumeFiles files;
  private final VolumeUse use;

  DeleteVolumeHandler(VolumeStore volumes, VolumeFiles files, VolumeUse use) {
    this.volumes = volumes;
    this.files = files;
    this.use = use;
  }

  @Override
  public Class<DeleteVolume> handles() {
    return DeleteVolume.class;
  }

  @Override
  public Outcome handle(DeleteVolume command, CommandRun run) {
    VolumeId id = new VolumeId(command.header().subject());
    run.step(
        "remove-volume",
        () -> {
          remove(id);
          return id;
        });
    run.announce(new VolumeDeleted());
    return Outcome.DONE;
  }

  /** A start that takes the volume after this finds its record gone, and opens no file. */
  void remove(VolumeId id) {
    try (VolumeUse.Removal claim = use.claimForRemoval(id)) {
      volumes.remove(id);
      files.delete(volumes.path(id));
    }
  }

  @Override
  public Event failure(DeleteVolume command, Problem problem, String step) {
    return new VolumeFailed(problem, step);
  }
}
