package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.plan.LaunchPlan;
import io.drover.driver.internal.qmp.RunState;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a QEMU can do to the driver whose guest has broken out of it. */
@Timeout(120)
class HostileQemuIT {
  private static final int FEW_THREADS = 40;
  private LocalDriver driver;
  private LocalDomain domain;

  @BeforeEach
  void start(@TempDir Path root) {
    driver =
        TestDriver.open(
            DriverLayout.under(root),
            DriverOptions.defaults().withStopDeadline(Duration.ofSeconds(5)));
    DomainId id = BareGuest.newId();
    domain =
        driver.start(
            id,
            StartOptions.plain(),
            folder -> standIn(BareGuest.plan(id, driver.layout().log()).apply(folder)));
  }

  @AfterEach
  void end() {
    driver.domains().forEach(io.drover.driver.Domain::destroy);
    driver.close();
  }

  private static LaunchPlan standIn(LaunchPlan plan) {
    List<String> argv =
        TestJvm.command(HostileQemuProgram.class, plan.folder().monitor().toString());
    return plan.withCommand(
        new LaunchPlan.QemuCommand(argv, Map.of(), plan.command().accelerator()));
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getPeakThreadCount();
  }

  /** It may be gone before its answer is here. */
  private void askAnyway(String command) {
    try {
      domain.qmp(command, "{}");
    } catch (ProblemException e) {
      assertThat(e.code()).isIn(ErrorCode.QEMU_EXITED, ErrorCode.QEMU_UNRESPONSIVE);
    }
  }

  @Test
  void eventsThatTellItsEndAgainAndAgainMakeNoThreads() {
    ManagementFactory.getThreadMXBean().resetPeakThreadCount();
    int before = threads();
    askAnyway("ends");
    assertThat(domain.awaitEnd(Duration.ofSeconds(60))).isPresent();
    assertThat(threads() - before).isLessThan(FEW_THREADS);
  }

  @Test
  void statesThatChangeWithoutEndReachAListenerThatIsSlowAsTheyAreLast() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    driver.listen(
        new DriverListener() {
          @Override
          public void domainChanged(DomainChange change) {
            heard.incrementAndGet();
            try {
              slow.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    domain.qmp("turns", "{}");
    assertThat(domain.status().state()).isIn(DomainState.RUNNING, DomainState.PAUSED);
    domain.destroy();
    slow.countDown();
    assertThat(domain.status().state()).isEqualTo(DomainState.SHUTOFF);
    assertThat(heard.get()).isLessThan(HostileQemuProgram.MANY_TURNS);
  }

  @Test
  void aMonitorThatEndsAfterEachAnswerIsAskedOnce() {
    domain.execute(RunState.queryStatus());
    while (domain.monitor().open().isPresent()) {
      Thread.onSpinWait();
    }
    assertThat(domain.execute(RunState.queryStatus()).running()).isTrue();
  }

  @Test
  void foldersInItsFolderDoNotKeepItFromEnding() throws Exception {
    Path deep = Files.createDirectories(domain.folder().resolve("a/b/c"));
    Files.createSymbolicLink(deep.resolve("link"), Path.of("/etc"));
    domain.destroy();
    assertThat(domain.awaitEnd(Duration.ofSeconds(20))).isPresent();
    assertThat(domain.folder()).doesNotExist();
    assertThat(driver.domains()).isEmpty();
  }
}
