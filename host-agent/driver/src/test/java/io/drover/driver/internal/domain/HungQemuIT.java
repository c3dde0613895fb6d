package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.QmpDeadlines;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.qmp.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A QEMU that answers nothing (SIGSTOP) beside one that is well. */
class HungQemuIT {
  private static final Duration QUERY = Duration.ofSeconds(3);
  private static final long SOON_SECONDS = 60;
  private final BlockingQueue<DriverListener.DomainChange> heard = new LinkedBlockingQueue<>();
  private LocalDriver driver;
  private LocalDomain hung;
  private LocalDomain well;

  @BeforeEach
  void startBoth(@TempDir Path root) throws Exception {
    driver =
        TestDriver.open(
            DriverLayout.under(root),
            DriverOptions.defaults()
                .withStopDeadline(QUERY)
                .withQmpDeadlines(new QmpDeadlines(QUERY, QUERY.multipliedBy(20), QUERY)));
    driver.listen(
        new DriverListener() {
          @Override
          public void domainChanged(DomainChange change) {
            heard.add(change);
          }
        });
    hung = start();
    well = start();
    assertThat(List.of(next(), next()))
        .allSatisfy(born -> assertThat(born.after().state()).isEqualTo(DomainState.RUNNING));
    signal("STOP");
  }

  @AfterEach
  void endBoth() throws Exception {
    signal("CONT");
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private LocalDomain start() {
    DomainId id = BareGuest.newId();
    return driver.start(id, StartOptions.plain(), BareGuest.plan(id, driver.layout().log()));
  }

  @Test
  void itsSilenceIsReportedOnceAndItsReturnToo() throws Exception {
    assertThatThrownBy(() -> hung.execute(RunState.queryStatus()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.QEMU_UNRESPONSIVE));

    DriverListener.DomainChange silent = next();
    assertThat(silent.domain().id()).isEqualTo(hung.id());
    assertThat(silent.after().state()).isEqualTo(DomainState.UNRESPONSIVE);
    assertThat(silent.after().detail()).contains("did not answer query-status");
    assertThat(ProcessHandle.of(hung.pid())).isPresent();

    signal("CONT");

    DriverListener.DomainChange back = next();
    assertThat(back.after().state()).isEqualTo(DomainState.RUNNING);
    assertThat(hung.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(hung.qmp("query-status", "{}")).contains("running");
    assertThat(heard).isEmpty();
  }

  @Test
  void theOthersCommandsAndEventsDoNotWaitForIt() throws Exception {
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(hung::pause);

    well.pause();
    assertThat(next().after().state()).isEqualTo(DomainState.PAUSED);
    well.resume();
    assertThat(next().after().state()).isEqualTo(DomainState.RUNNING);

    assertThat(waiting).isNotDone();
    signal("CONT");
    waiting.get(SOON_SECONDS, TimeUnit.SECONDS);
    assertThat(hung.status().state()).isEqualTo(DomainState.PAUSED);
  }

  private DriverListener.DomainChange next() throws InterruptedException {
    DriverListener.DomainChange change = heard.poll(SOON_SECONDS, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    return change;
  }

  private void signal(String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(hung.pid())).start();
    assertThat(kill.waitFor(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
