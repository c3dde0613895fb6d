package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * libvirt's embedded driver must never be called from the thread that brings its events. Here any
 * callback may call anything, because it comes on a thread that holds nothing of the driver's.
 */
class CallbackThreadIT {
  private static final int SECONDS = 60;

  private static final String GUEST =
      """
      <domain type='qemu'>
        <name>called-back</name>
        <memory unit='MiB'>16</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
      </domain>
      """;

  @TempDir Path folder;

  /** The thread of a call and what it holds, as the JVM itself knows. */
  private record Seen(String thread, List<String> locks) {
    static Seen here() {
      long id = Thread.currentThread().getId();
      ThreadInfo info =
          ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {id}, true, true)[0];
      List<String> locks =
          Stream.concat(
                  Stream.<LockInfo>of(info.getLockedMonitors()),
                  Stream.of(info.getLockedSynchronizers()))
              .map(LockInfo::getClassName)
              // A thread of a pool holds the sign that it is busy.
              .filter(name -> !name.equals("java.util.concurrent.ThreadPoolExecutor$Worker"))
              .toList();
      return new Seen(Thread.currentThread().getName(), locks);
    }
  }

  @Test
  void everyCallComesOnADriversThreadThatHoldsNoLockAndMayCallBack() throws Exception {
    CompletableFuture<Seen> change = new CompletableFuture<>();
    CompletableFuture<Seen> event = new CompletableFuture<>();
    CompletableFuture<Domain> restarted = new CompletableFuture<>();
    AtomicBoolean once = new AtomicBoolean(); // the second is born paused, and would be ended too
    try (QemuDriver driver = open()) {
      driver.listen(
          new DriverListener() {
            @Override
            public void domainChanged(DomainChange news) {
              change.complete(Seen.here());
              if (news.after().state() == DomainState.PAUSED && once.compareAndSet(false, true)) {
                news.domain().destroy();
                restarted.complete(driver.start(GUEST, StartOptions.plain().withPaused(true)));
              }
            }

            @Override
            public void qmpEvent(QmpNotice notice) {
              event.complete(Seen.here());
              notice.domain().pause();
            }
          });
      driver.start(GUEST, StartOptions.plain());

      Domain second = restarted.get(SECONDS, TimeUnit.SECONDS);
      second.destroy();
      for (Seen seen : List.of(change.get(), event.get())) {
        assertThat(seen.thread()).startsWith("drover-driver-");
        assertThat(seen.locks()).isEmpty();
      }
    }
  }

  @Test
  void aListenerThatNeverReturnsHoldsUpNeitherItsDomainNorTheDriver() {
    CountDownLatch stuck = new CountDownLatch(1);
    try (QemuDriver driver = open()) {
      driver.listen(
          new DriverListener() {
            @Override
            public void domainChanged(DomainChange change) {
              stuck.countDown();
              new CompletableFuture<Void>().join();
            }
          });
      Domain domain = driver.start(GUEST, StartOptions.plain());
      assertThat(stuck.await(SECONDS, TimeUnit.SECONDS)).isTrue();

      domain.pause();
      domain.resume();
      assertThat(domain.qmp("query-status", "{}")).contains("running");
      domain.destroy();
      assertThat(domain.awaitEnd(Duration.ofSeconds(SECONDS))).isPresent();
      driver.start(GUEST, StartOptions.plain()).destroy();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private QemuDriver open() {
    return TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }
}
