package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainFilter;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.LifecycleEvent;
import io.drover.driver.LifecycleEvent.Detail;
import io.drover.driver.StartOptions;
import io.drover.driver.StateReason;
import io.drover.driver.UndefineFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Domains that are defined: they outlive their QEMU, the driver and the host's boot. */
class PersistentDomainIT {
  private static final long DEADLINE_SECONDS = 60;
  @TempDir Path root;
  private LocalDriver driver;
  private final BlockingQueue<Detail> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() {
    driver = TestDriver.open(DriverLayout.under(root), TestDriver.options());
    driver.listen(
        new DriverListener() {
          @Override
          public void lifecycle(LifecycleEvent event) {
            events.add(event.detail());
          }
        });
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private void reopen() {
    driver.close();
    open();
  }

  private static String xml(String name, String more) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          %s
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
        </domain>
        """
        .formatted(name, more);
  }

  private static String uuid(DomainId id) {
    return "<uuid>" + id + "</uuid>";
  }

  private static void refused(ErrorCode code, String words, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private void expect(Detail... details) throws InterruptedException {
    List<Detail> seen = new ArrayList<>();
    for (int i = 0; i < details.length; i++) {
      seen.add(events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
    assertThat(seen).containsExactly(details);
  }

  @Test
  void oneObjectShowsTheDomainThroughItsRuns() throws Exception {
    Domain domain = driver.define(xml("web", ""));
    expect(Detail.DEFINED_ADDED);
    assertThat(domain.active()).isFalse();
    assertThat(domain.persistent()).isTrue();
    assertThat(domain.status().state()).isEqualTo(DomainState.SHUTOFF);
    assertThat(domain.definition().devices()).as("completed").isNotEmpty();
    domain.destroy(); // ends nothing, which is fine
    refused(ErrorCode.INVALID_STATE, "web is not running", domain::pause);

    Domain started = driver.start(domain.id(), StartOptions.plain());
    expect(Detail.RESUMED_UNPAUSED, Detail.STARTED_BOOTED);
    assertThat(started).isEqualTo(domain);
    assertThat(domain.active()).isTrue();
    assertThat(domain.status().reason()).isEqualTo(StateReason.RUNNING_BOOTED);
    refused(
        ErrorCode.INVALID_STATE,
        "has a QEMU already",
        () -> driver.start(domain.id(), StartOptions.plain()));
    domain.pause();
    expect(Detail.SUSPENDED_PAUSED);
    domain.resume();
    expect(Detail.RESUMED_UNPAUSED);
    domain.destroy();
    expect(Detail.SHUTDOWN_HOST, Detail.STOPPED_DESTROYED);
    assertThat(domain.active()).isFalse();
    assertThat(domain.status().reason()).isEqualTo(StateReason.SHUTOFF_DESTROYED);
    assertThat(domain.awaitEnd(Duration.ZERO)).contains(domain.status());
    assertThat(driver.find("web")).contains(domain);

    driver.undefine(domain.id(), Set.of());
    expect(Detail.UNDEFINED_REMOVED);
    assertThat(driver.find(domain.id())).isEmpty();
    assertThat(root.resolve("etc/qemu")).isEmptyDirectory();
  }

  @Test
  void aRedefinitionOfAnActiveDomainChangesItsNextStart() throws Exception {
    DomainId id = driver.define(xml("web", "")).id();
    Domain domain = driver.start(id, StartOptions.plain());
    driver.define(xml("web", uuid(id) + "<title>new</title>"));
    expect(
        Detail.DEFINED_ADDED,
        Detail.RESUMED_UNPAUSED,
        Detail.STARTED_BOOTED,
        Detail.DEFINED_UPDATED);
    assertThat(domain.definition().identity().title()).isNull();
    assertThat(domain.persistentDefinition().orElseThrow().identity().title()).isEqualTo("new");
    domain.destroy();
    driver.start(id, StartOptions.plain().withPaused(true));
    assertThat(domain.definition().identity().title()).isEqualTo("new");
    expect(
        Detail.SHUTDOWN_HOST,
        Detail.STOPPED_DESTROYED,
        Detail.STARTED_BOOTED,
        Detail.SUSPENDED_PAUSED);
  }

  @Test
  void aNextDriverKnowsActiveAndInactiveOnes() {
    DomainId active = driver.define(xml("active", "")).id();
    DomainId inactive = driver.define(xml("inactive", "")).id();
    driver.start(active, StartOptions.plain());
    DomainId passing = driver.start(xml("passing", ""), StartOptions.plain()).id();

    reopen();

    assertThat(driver.domains())
        .extracting(Domain::name)
        .containsExactly("active", "inactive", "passing");
    assertThat(driver.domains(DomainFilter.all().withActive(true)))
        .extracting(Domain::id)
        .containsExactly(active, passing);
    assertThat(driver.domains(DomainFilter.all().withPersistent(false)))
        .extracting(Domain::id)
        .containsExactly(passing);
    assertThat(driver.domains(DomainFilter.all().withPersistent(true).withActive(false)))
        .extracting(Domain::id)
        .containsExactly(inactive);
    assertThat(driver.find("passing").orElseThrow().persistentDefinition()).isEmpty();
    assertThat(driver.find(active).orElseThrow().status().state()).isEqualTo(DomainState.RUNNING);
  }

  @Test
  void anActiveDomainThatIsUndefinedIsTransientAndOneThatIsDefinedIsPersistent() {
    DomainId id = driver.define(xml("web", "")).id();
    Domain domain = driver.start(id, StartOptions.plain());
    driver.undefine(id, Set.of());
    assertThat(domain.active()).isTrue();
    assertThat(domain.persistent()).isFalse();
    refused(ErrorCode.INVALID_STATE, "QEMU already", () -> driver.undefine(id, Set.of()));
    refused(ErrorCode.INVALID_STATE, "transient", () -> driver.autostart(id, true));
    driver.define(xml("web", uuid(id)));
    assertThat(domain.persistent()).isTrue();
    domain.destroy();
    assertThat(driver.find(id)).isPresent();
  }

  @Test
  void namesAreUniqueAmongAllDomains() {
    DomainId running = driver.start(xml("web", ""), StartOptions.plain()).id();
    DomainId defined = driver.define(xml("db", "")).id();
    refused(ErrorCode.NAME_TAKEN, running.toString(), () -> driver.define(xml("web", "")));
    refused(
        ErrorCode.NAME_TAKEN,
        running.toString(),
        () -> driver.start(xml("web", ""), StartOptions.plain()));
    refused(
        ErrorCode.NAME_TAKEN,
        defined.toString(),
        () -> driver.start(xml("db", ""), StartOptions.plain()));
    refused(
        ErrorCode.NAME_TAKEN,
        "already defined with uuid " + defined,
        () -> driver.start(xml("other", uuid(defined)), StartOptions.plain()));
    refused(ErrorCode.NAME_TAKEN, "'web'", () -> driver.rename(defined, "web"));
    driver.rename(defined, "archive");
    assertThat(driver.find("archive").orElseThrow().id()).isEqualTo(defined);
    refused(
        ErrorCode.NOT_FOUND,
        "define it",
        () -> driver.start(BareGuest.newId(), StartOptions.plain()));
  }

  @Test
  void oneRunOfADefinedDomainMayHaveAnotherDefinition() {
    DomainId id = driver.define(xml("web", "")).id();
    Domain domain =
        driver.start(xml("web", uuid(id) + "<title>once</title>"), StartOptions.plain());
    assertThat(domain.persistent()).isTrue();
    assertThat(domain.definition().identity().title()).isEqualTo("once");
    domain.destroy();
    assertThat(domain.definition().identity().title()).isNull();
  }

  @Test
  void firmwareVariablesAreKeptOrRemovedAsTheFlagsSay() throws IOException {
    DomainId id = driver.define(xml("web", "")).id();
    Path nvram = driver.layout().nvram(id);
    Files.createDirectories(nvram.getParent());
    Files.writeString(nvram, "variables");
    refused(ErrorCode.INVALID_STATE, "NVRAM", () -> driver.undefine(id, Set.of()));
    assertThat(driver.find(id)).isPresent();
    driver.undefine(id, Set.of(UndefineFlag.KEEP_NVRAM));
    assertThat(nvram).exists();
    driver.define(xml("web", uuid(id)));
    driver.undefine(id, Set.of(UndefineFlag.NVRAM));
    assertThat(nvram).doesNotExist();
  }

  @Test
  void aDomainStartsWithTheHostOnceABoot() throws Exception {
    DomainId id = driver.define(xml("web", "")).id();
    driver.autostart(id, true);
    reopen();
    assertThat(driver.find(id).orElseThrow().active()).as("this boot is over with it").isFalse();
    driver.close();
    Files.writeString(root.resolve("run/qemu/autostarted"), "another boot\n");
    events.clear();
    open();
    expect(Detail.RESUMED_UNPAUSED, Detail.STARTED_BOOTED);
    Domain domain = driver.find(id).orElseThrow();
    assertThat(domain.autostart()).isTrue();
    domain.destroy();
    reopen();
    assertThat(driver.find(id).orElseThrow().active()).isFalse();
  }

  @Test
  void badDefinitionsLeaveNothing() {
    refused(ErrorCode.INVALID_DEFINITION, "name", () -> driver.define(xml("../up", "")));
    refused(
        ErrorCode.EMULATOR_UNUSABLE,
        "/nowhere/qemu",
        () -> driver.define(xml("web", "<devices><emulator>/nowhere/qemu</emulator></devices>")));
    assertThat(driver.domains()).isEmpty();
    assertThat(root.resolve("etc/qemu")).isEmptyDirectory();
  }
}
