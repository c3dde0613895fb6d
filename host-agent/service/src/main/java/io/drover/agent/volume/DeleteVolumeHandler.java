package io.drover.agent.volume;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
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
    if (use.isInUse(id)) {
      throw new ProblemException(
          ErrorCode.IN_USE,
          "A running domain has the volume " + id + " open; stop the domain first.");
    }
    run.step(
        "remove-volume",
        () -> {
          volumes.remove(id);
          files.delete(volumes.path(id));
          return id;
        });
    run.announce(new VolumeDeleted());
    return Outcome.DONE;
  }

  @Override
  public Event failure(DeleteVolume command, Problem problem, String step) {
    return new VolumeFailed(problem, step);
  }
}
