package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DomainState;
import io.drover.driver.DomainStatus;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import io.drover.driver.StateReason;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDriverIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private Path root;
  private LocalDriver driver;

  @BeforeEach
  void open(@TempDir Path folder) {
    root = folder;
    driver = reopened();
  }

  private LocalDriver reopened() {
    return TestDriver.open(DriverLayout.under(root), DriverOptions.defaults());
  }

  @AfterEach
  void endGuests() {
    driver.domains().forEach(io.drover.driver.Domain::destroy);
    driver.close();
  }

  private LocalDomain start(DomainId id, String... more) {
    return driver.start(id, StartOptions.plain(), BareGuest.plan(id, driver.layout().log(), more));
  }

  @Test
  void startsAGuestAndEndsIt() throws IOException {
    LocalDomain domain = start(BareGuest.newId());

    assertThat(domain.status())
        .isEqualTo(new DomainStatus(DomainState.RUNNING, StateReason.RUNNING_BOOTED));
    assertThat(ProcessIdentity.of(domain.pid())).isPresent();
    assertThat(driver.find(domain.id())).contains(domain);

    domain.destroy();

    assertThat(domain.status().reason()).isEqualTo(StateReason.SHUTOFF_DESTROYED);
    assertThat(ProcessIdentity.of(domain.pid())).isEmpty();
    assertThat(driver.domains()).isEmpty();
    assertThat(domain.folder()).doesNotExist();
    try (var left = Files.list(driver.layout().state())) {
      assertThat(left.map(each -> each.getFileName().toString())).containsExactly("driver.pid");
    }
  }

  @Test
  void tellsStatesInOrder() throws InterruptedException {
    BlockingQueue<StateReason> heard = new LinkedBlockingQueue<>();
    driver.listen(
        new DriverListener() {
          @Override
          public void domainChanged(DomainChange change) {
            heard.add(change.after().reason());
          }
        });
    LocalDomain domain = start(BareGuest.newId());
    domain.pause();
    domain.resume();
    domain.destroy();

    List<StateReason> seen = new ArrayList<>();
    while (seen.size() < 5) {
      seen.add(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
    assertThat(seen)
        .containsExactly(
            StateReason.RUNNING_BOOTED,
            StateReason.PAUSED_USER,
            StateReason.RUNNING_UNPAUSED,
            StateReason.SHUTDOWN_USER,
            StateReason.SHUTOFF_DESTROYED);
  }

  @Test
  void aCallbackMayCallAnyMethod() throws Exception {
    CompletableFuture<DomainStatus> end = new CompletableFuture<>();
    driver.listen(
        new DriverListener() {
          @Override
          public void domainChanged(DomainChange change) {
            if (change.after().state() == DomainState.RUNNING) {
              change.domain().pause();
              change.domain().qmp("query-status", "{}");
              change.domain().tag(Map.of("seen", "yes"));
              DomainId other = BareGuest.newId();
              LocalDomain second = LocalDriverIT.this.startQuiet(other);
              second.destroy();
              change.domain().destroy();
              end.complete(change.domain().status());
            }
          }
        });
    start(BareGuest.newId());

    assertThat(end.get(SOON.toSeconds(), TimeUnit.SECONDS).reason())
        .isEqualTo(StateReason.SHUTOFF_DESTROYED);
  }

  private LocalDomain startQuiet(DomainId id) {
    return driver.start(
        id, StartOptions.plain().withPaused(true), BareGuest.plan(id, driver.layout().log()));
  }

  @Test
  void aKilledQemuHasCrashed() {
    LocalDomain domain = start(BareGuest.newId());

    ProcessHandle.of(domain.pid()).orElseThrow().destroyForcibly();

    assertThat(domain.awaitEnd(SOON))
        .hasValueSatisfying(
            last -> {
              assertThat(last.reason()).isEqualTo(StateReason.SHUTOFF_CRASHED);
              assertThat(last.detail()).contains("137");
            });
  }

  @Test
  void aFailedStartSaysWhatQemuSaidAndLeavesNothing() {
    DomainId id = BareGuest.newId();

    assertThatThrownBy(() -> start(id, "-device", "no-such-device"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.QEMU_START_FAILED);
              assertThat(e.getMessage()).contains("no-such-device");
            });
    assertThat(driver.domains()).isEmpty();
    assertThat(driver.layout().state().resolve(id + ".xml")).doesNotExist();
    start(id).destroy();
  }

  @Test
  void aDomainNeverRunsTwice() {
    LocalDomain domain = start(BareGuest.newId());

    assertThatThrownBy(() -> start(domain.id()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE));
  }

  @Test
  void guestsOutliveTheDriverAndAreFoundAgain() {
    DomainId id = BareGuest.newId();
    LocalDomain before =
        driver.start(
            id,
            StartOptions.plain().withTags(Map.of("generation", "7")),
            BareGuest.plan(id, driver.layout().log()));
    before.pause();
    driver.close();
    driver = reopened();

    assertThat(driver.find(id))
        .hasValueSatisfying(
            after -> {
              assertThat(after.pid()).isEqualTo(before.pid());
              assertThat(after.status().reason()).isEqualTo(StateReason.PAUSED_USER);
              assertThat(after.tags()).containsEntry("generation", "7");
              assertThat(after.definitionXml()).contains(id.toString());
              after.resume();
              assertThat(after.status().state()).isEqualTo(DomainState.RUNNING);
              after.destroy();
              assertThat(after.status().reason()).isEqualTo(StateReason.SHUTOFF_DESTROYED);
            });
  }

  @Test
  void tellsWhatChangedWhileNobodyWatched() throws Exception {
    LocalDomain dead = start(BareGuest.newId());
    LocalDomain alive = start(BareGuest.newId());
    driver.close();
    ProcessIdentity killed = ProcessIdentity.of(dead.pid()).orElseThrow();
    ProcessHandle.of(dead.pid()).orElseThrow().destroyForcibly();
    while (killed.alive()) {
      Thread.onSpinWait();
    }
    driver = reopened();
    BlockingQueue<DriverListener.DomainChange> heard = new LinkedBlockingQueue<>();
    driver.listen(
        new DriverListener() {
          @Override
          public void domainChanged(DomainChange change) {
            heard.add(change);
          }
        });

    DriverListener.DomainChange change = heard.poll(SOON.toSeconds(), TimeUnit.SECONDS);

    assertThat(change.domain().id()).isEqualTo(dead.id());
    assertThat(change.observed()).isTrue();
    assertThat(change.after().reason()).isEqualTo(StateReason.SHUTOFF_CRASHED);
    assertThat(driver.domains())
        .extracting(io.drover.driver.Domain::id)
        .containsExactly(alive.id());
  }

  @Test
  void anUnknownQemuIsReportedAndKeepsItsDomainFromRunningTwice() throws IOException {
    LocalDomain domain = start(BareGuest.newId());
    Path status = driver.layout().state().resolve(domain.id() + ".xml");
    driver.close();
    byte[] kept = Files.readAllBytes(status);
    Files.delete(status);
    driver = reopened();

    assertThat(driver.unknownQemus())
        .singleElement()
        .satisfies(unknown -> assertThat(unknown.domainId()).contains(domain.id()));
    assertThatThrownBy(() -> start(domain.id())).hasMessageContaining("is in no journal");
    assertThat(ProcessIdentity.of(domain.pid())).isPresent();

    driver.close();
    Files.write(status, kept);
    driver = reopened();
    assertThat(driver.find(domain.id())).isPresent();
  }

  @Test
  void aRootHasOneDriver() {
    assertThatThrownBy(this::reopened)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.IN_USE);
              assertThat(e.getMessage()).contains(Long.toString(ProcessHandle.current().pid()));
            });
    QemuDriver other =
        TestDriver.open(DriverLayout.under(root.resolve("other")), DriverOptions.defaults());
    other.close();
  }

  @Test
  void aHungQemuIsUnresponsiveAndNotKilled() throws Exception {
    LocalDomain domain = start(BareGuest.newId());
    driver.close();
    signal("STOP", domain.pid());
    try {
      driver =
          TestDriver.open(
              DriverLayout.under(root),
              DriverOptions.defaults()
                  .withStopDeadline(Duration.ofSeconds(1))
                  .withQmpDeadlines(
                      new io.drover.driver.QmpDeadlines(
                          Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(200))));
      assertThat(driver.find(domain.id()))
          .hasValueSatisfying(
              hung -> assertThat(hung.status().state()).isEqualTo(DomainState.UNRESPONSIVE));
      assertThat(ProcessIdentity.of(domain.pid())).isPresent();
      driver.find(domain.id()).orElseThrow().destroy();
      assertThat(ProcessIdentity.of(domain.pid())).isEmpty();
    } finally {
      signal("CONT", domain.pid());
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }
}
