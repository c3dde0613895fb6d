package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.job.RunningJob;
import io.drover.driver.internal.operation.OperationRun;
import io.drover.driver.internal.operation.RunningGuest;
import io.drover.driver.internal.qmp.BlockJobs;
import io.drover.driver.internal.qmp.QmpException;
import io.drover.driver.internal.qmp.QmpListener;
import java.time.Duration;
import java.util.Optional;

/** QEMU's job behind the copy of a disk, from its begin until it is dismissed. */
final class MirrorJob {
  /** How often it is asked how far it is; its events shorten the wait. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final OperationRun run;
  private final RunningGuest guest;
  private final String id;
  private boolean late;

  MirrorJob(OperationRun run, String id) {
    this.run = run;
    this.guest = run.guest();
    this.id = id;
  }

  /** The id of the job that copies to this disk's image: found again by what is journalled. */
  static String id(Disk copy) {
    return "copy-" + Disks.alias(copy) + "-" + NodeIndexes.of(copy).orElse(0);
  }

  /** Waits for its end: ready, it is told to switch over; late or aborted, to end. */
  BlockJobs.Status follow() {
    run.job().abortBy(() -> guest.execute(BlockJobs.cancel(id)));
    boolean completing = false;
    BlockJobs.Status last = new BlockJobs.Status("unknown", 0, 0, "");
    Optional<BlockJobs.Status> now = guest.execute(BlockJobs.find(id));
    while (now.isPresent() && !now.get().concluded()) {
      last = now.get();
      run.progress(last.done(), last.total());
      if (last.ready() && !completing && !run.job().aborted()) {
        completing = true;
        run.job().noAbort();
        complete();
      }
      cancelIfLate(completing);
      awaitChange();
      now = guest.execute(BlockJobs.find(id));
    }
    last = now.orElse(last);
    run.progress(last.done(), last.total());
    return last;
  }

  /** An abort may have come first; the job's end tells. */
  private void complete() {
    try {
      guest.execute(BlockJobs.complete(id));
    } catch (ProblemException e) {
      if (e.code() != ErrorCode.QEMU_REFUSED) {
        throw e;
      }
    }
  }

  private void cancelIfLate(boolean completing) {
    if (!late && !completing && run.job().left().isZero()) {
      late = true;
      guest.execute(BlockJobs.cancel(id));
    }
  }

  private void awaitChange() {
    try (QmpListener listener =
        guest.listen(
            event ->
                event.name().equals("JOB_STATUS_CHANGE")
                    && event.data().path("id").asText().equals(id))) {
      listener.await(LOOK_EVERY);
    } catch (QmpException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ProblemException(ErrorCode.UNAVAILABLE, "The driver is being closed.", e);
      }
      // Nothing has changed, or the monitor's connection has ended: the next question tells.
    }
  }

  void dismiss() {
    if (guest.execute(BlockJobs.find(id)).isPresent()) {
      guest.execute(BlockJobs.dismiss(id));
    }
  }

  /** Why the disk is still where it was. */
  ProblemException failure(BlockJobs.Status last, String target) {
    if (run.job().aborted()) {
      return RunningJob.aborted(run.job().request());
    }
    if (late) {
      return new ProblemException(
          ErrorCode.TIMED_OUT,
          "The copy of the disk "
              + target
              + " was not whole after "
              + run.job().request().deadline()
              + "; it was aborted, and the domain runs on the old image.");
    }
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The copy of the disk "
            + target
            + " failed: "
            + (last.error().isEmpty() ? "QEMU gives no reason" : last.error())
            + ". The domain runs on the old image.");
  }
}
