package io.drover.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.VolumeId;
import io.drover.driver.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a domain and the deletion of its volume, in the same moment. */
class VolumeRacesIT {
  private static final int RACES = 200;

  @TempDir Path folder;

  @Test
  void noStartThatHasTakenAVolumeLosesItsFile() throws Exception {
    VolumeStore store = new VolumeStore(folder.resolve("volumes"), folder.resolve("records"));
    VolumeUses uses = new VolumeUses();
    DeleteVolumeHandler deleting =
        new DeleteVolumeHandler(store, VolumeFiles.of(Duration.ofSeconds(10)), uses);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int race = 0; race < RACES; race++) {
        VolumeId volume = volume(store);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> started = both.submit(together(start, () -> open(store, uses, volume)));
        Future<Boolean> deleted =
            both.submit(
                together(
                    start,
                    () -> {
                      deleting.remove(volume);
                      return true;
                    }));
        boolean opened = started.get();
        boolean removed = deleted.get();
        assertThat(opened && removed).as("race " + race).isFalse();
        assertThat(Files.exists(store.path(volume))).isEqualTo(!removed);
      }
    } finally {
      both.shutdownNow();
    }
  }

  @Test
  void aVolumeUnderRemovalIsTakenByNoDomainUntilThatHasEnded() {
    VolumeUses uses = new VolumeUses();
    VolumeId volume = new VolumeId(UUID.randomUUID());
    DomainId domain = new DomainId(UUID.randomUUID());
    try (VolumeUse.Removal claim = uses.claimForRemoval(volume)) {
      assertThat(refused(() -> uses.take(domain, List.of(volume)))).isTrue();
    }
    uses.take(domain, List.of(volume));
    assertThat(refused(() -> uses.claimForRemoval(volume).close())).isTrue();
    uses.release(domain);
    uses.claimForRemoval(volume).close();
  }

  /** What a start does: takes the volume, then opens what its record names. */
  private static boolean open(VolumeStore store, VolumeUses uses, VolumeId volume) {
    uses.take(new DomainId(UUID.randomUUID()), List.of(volume));
    return store.find(volume).isPresent();
  }

  private VolumeId volume(VolumeStore store) throws Exception {
    VolumeId volume = new VolumeId(UUID.randomUUID());
    Files.writeString(store.path(volume), "content");
    store.put(new VolumeRecord(volume, new ProjectId(UUID.randomUUID()), 1, "raw", 1 << 20, null));
    return volume;
  }

  /** Whether it did what it was asked for, and was not refused because of the other. */
  private static Callable<Boolean> together(CyclicBarrier start, Callable<Boolean> work) {
    return () -> {
      start.await();
      try {
        return work.call();
      } catch (ProblemException e) {
        assertThat(e.problem().code()).isEqualTo(ErrorCode.IN_USE);
        return false;
      }
    };
  }

  private static boolean refused(Runnable work) {
    try {
      work.run();
      return false;
    } catch (ProblemException e) {
      return e.problem().code() == ErrorCode.IN_USE;
    }
  }
}
