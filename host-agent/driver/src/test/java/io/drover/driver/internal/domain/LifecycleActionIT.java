package io.drover.driver.internal.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.StateReason;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.journal.JournalEntry;
import io.drover.driver.internal.journal.JournalObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boot sectors that end the machine: what becomes of the domain is for its definition to say. */
@Timeout(120)
class LifecycleActionIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int SECTOR_BYTES = 512;

  /** {@code mov dx, 0x604; mov ax, 0x2000; out dx, ax; hlt}: ACPI's sleep control, type S5. */
  private static final byte[] POWER_OFF = HexFormat.of().parseHex("ba0406b80020eff4");

  /** {@code mov al, 0xfe; out 0x64, al; hlt}: the keyboard controller's reset. */
  private static final byte[] REBOOT = HexFormat.of().parseHex("b0fee664f4");

  /** {@code mov dx, 0x505; mov al, 1; out dx, al; hlt}: the port of the panic device. */
  private static final byte[] PANIC = HexFormat.of().parseHex("ba0505b001eef4");

  @TempDir Path folder;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<DomainState> states = new LinkedBlockingQueue<>();
  private LocalDriver driver;

  @BeforeEach
  void open() {
    driver = TestDriver.open(layout(), DriverOptions.defaults());
    driver.listen(
        new DriverListener() {
          @Override
          public void qmpEvent(QmpNotice notice) {
            events.add(notice.event() + " " + notice.dataJson());
          }

          @Override
          public void domainChanged(DomainChange change) {
            states.add(change.after().state());
          }
        });
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private DriverLayout layout() {
    return DriverLayout.under(folder.resolve("r"));
  }

  private Domain start(byte[] code, String lifecycle) throws IOException {
    return start(code, lifecycle, StartOptions.plain());
  }

  private Domain start(byte[] code, String lifecycle, StartOptions options) throws IOException {
    byte[] sector = new byte[SECTOR_BYTES];
    System.arraycopy(code, 0, sector, 0, code.length);
    sector[SECTOR_BYTES - 2] = 0x55;
    sector[SECTOR_BYTES - 1] = (byte) 0xaa;
    Path disk = Files.write(folder.resolve("disk.img"), sector);
    return driver.start(
        """
        <domain type='qemu'>
          <name>off</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          %s
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%s'/>
              <target dev='hda' bus='ide'/>
            </disk>
            <panic model='isa'/>
          </devices>
        </domain>
        """
            .formatted(lifecycle, disk),
        options);
  }

  /** Waits for the next event of this name. */
  private @Nullable String event(String name) throws InterruptedException {
    return next(events, each -> each.startsWith(name + " "));
  }

  private @Nullable DomainState state(DomainState wanted) throws InterruptedException {
    return next(states, each -> each == wanted);
  }

  private static <T> @Nullable T next(
      BlockingQueue<T> queue, java.util.function.Predicate<T> wanted) throws InterruptedException {
    long until = System.nanoTime() + DEADLINE.toNanos();
    T found;
    do {
      found = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } while (found != null && !wanted.test(found));
    return found;
  }

  private void endsAs(Domain domain, StateReason reason) {
    assertThat(domain.awaitEnd(DEADLINE))
        .hasValueSatisfying(last -> assertThat(last.reason()).isEqualTo(reason));
    assertThat(driver.domains()).isEmpty();
  }

  @Test
  void theDomainIsShutOffBecauseItsGuestDidSo() throws Exception {
    Domain domain = start(POWER_OFF, "");
    assertThat(event("SHUTDOWN")).contains("\"guest\":true");
    endsAs(domain, StateReason.SHUTOFF_SHUTDOWN);
  }

  @Test
  void aGuestThatPowersOffBootsAgainWhereItsDefinitionSaysSo() throws Exception {
    Domain domain = start(POWER_OFF, "<on_poweroff>restart</on_poweroff>");
    for (int boot = 0; boot < 2; boot++) {
      assertThat(event("SHUTDOWN")).contains("guest-shutdown");
      assertThat(event("RESUME")).isNotNull();
    }
    domain.destroy();
    assertThat(states).contains(DomainState.SHUTDOWN, DomainState.RUNNING);
    endsAs(domain, StateReason.SHUTOFF_DESTROYED);
  }

  @Test
  void aGuestThatPoweredOffWhileNoDriverWatchedBootsAgainWhenOneComes() throws Exception {
    start(POWER_OFF, "<on_poweroff>restart</on_poweroff>", StartOptions.plain().withPaused(true));
    driver.close();
    powerOffUnwatched(written().monitor());
    open();
    assertThat(event("RESUME")).isNotNull();
    assertThat(event("SHUTDOWN")).contains("guest-shutdown");
  }

  @Test
  void aGuestThatPoweredOffWhileNoDriverWatchedIsEndedWhenOneComes() throws Exception {
    start(POWER_OFF, "", StartOptions.plain().withPaused(true));
    driver.close();
    powerOffUnwatched(written().monitor());
    open();
    assertThat(state(DomainState.SHUTOFF)).isNotNull();
    assertThat(driver.domains()).isEmpty();
  }

  /**
   * A driver that dies between the reset and the boot leaves a QEMU that waits, as at its start.
   */
  @Test
  void aRestartThatADriverLeftHalfDoneIsFinishedByTheNext() throws Exception {
    start(POWER_OFF, "<on_poweroff>restart</on_poweroff>", StartOptions.plain().withPaused(true));
    driver.close();
    StateReason off = StateReason.SHUTDOWN_USER;
    journal(layout()).write(written().withReason(off));
    open();
    assertThat(event("SHUTDOWN")).contains("guest-shutdown");
    assertThat(event("RESUME")).isNotNull();
  }

  private static Journal journal(DriverLayout layout) {
    return new Journal(layout.state(), HostResources.KINDS, JournalObserver.none());
  }

  private JournalEntry written() {
    Journal.Found only = journal(layout()).read().get(0);
    assertThat(only).isInstanceOf(Journal.Found.Entry.class);
    return ((Journal.Found.Entry) only).entry();
  }

  /** Lets the guest run, without any driver, and returns when it has powered off. */
  private static void powerOffUnwatched(Path monitor) throws IOException {
    try (SocketChannel qmp = SocketChannel.open(UnixDomainSocketAddress.of(monitor));
        BufferedReader said = new BufferedReader(Channels.newReader(qmp, UTF_8))) {
      qmp.write(UTF_8.encode("{\"execute\":\"qmp_capabilities\"}{\"execute\":\"cont\"}"));
      String line = said.readLine();
      while (line != null && !line.contains("\"SHUTDOWN\"")) {
        line = said.readLine();
      }
      assertThat(line).contains("guest-shutdown");
    }
  }

  @Test
  void aRebootEndsTheDomainWhereItsDefinitionSaysSo() throws Exception {
    Domain domain = start(REBOOT, "<on_reboot>destroy</on_reboot>");
    assertThat(event("SHUTDOWN")).contains("\"reason\":\"guest-reset\"");
    endsAs(domain, StateReason.SHUTOFF_SHUTDOWN);
  }

  @Test
  void aGuestThatPanicsEndsTheDomain() throws Exception {
    endsAs(start(PANIC, ""), StateReason.SHUTOFF_CRASHED);
  }

  @Test
  void aGuestThatPanicsIsKeptWhereItsDefinitionSaysSo() throws Exception {
    Domain domain = start(PANIC, "<on_crash>preserve</on_crash>");
    assertThat(state(DomainState.CRASHED)).isNotNull();
    assertThat(domain.qmp("query-status", "{}")).contains("guest-panicked");
  }

  @Test
  void aGuestThatPanicsBootsAgainWhereItsDefinitionSaysSo() throws Exception {
    start(PANIC, "<on_crash>restart</on_crash>");
    for (int boot = 0; boot < 2; boot++) {
      assertThat(state(DomainState.CRASHED)).isNotNull();
      assertThat(state(DomainState.RUNNING)).isNotNull();
    }
  }

  @Test
  void nobodyDumpsTheMemoryOfAGuestThatPanicked() {
    assertThatThrownBy(() -> start(PANIC, "<on_crash>coredump-destroy</on_crash>"))
        .hasMessageContaining("dumps no memory");
  }
}
