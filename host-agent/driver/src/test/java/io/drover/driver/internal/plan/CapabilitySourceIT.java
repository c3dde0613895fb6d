package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.driver.HostCapabilities;
import io.drover.driver.internal.capabilities.LocalInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host whose emulator did not answer when the driver was opened, and does later. */
@Timeout(120)
class CapabilitySourceIT {
  private static final DomainDefinition WANTED =
      DomainXml.read(
          """
          <domain type='qemu'>
            <name>wanted</name>
            <memory unit='MiB'>32</memory>
            <os><type arch='x86_64'>hvm</type></os>
          </domain>
          """);

  @TempDir Path emulators;
  @TempDir Path cache;
  @TempDir Path scratch;
  private Path broken;
  private Path starts;
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void anEmulatorThatIsBrokenAndOneOfAnotherArchitecture() throws IOException {
    broken = Files.createFile(scratch.resolve("broken"));
    starts = Files.createFile(scratch.resolve("starts"));
    Path script =
        Files.writeString(
            emulators.resolve("qemu-system-x86_64"),
            """
            #!/bin/sh
            echo run >> '%s'
            [ ! -e '%s' ] || { echo no such library >&2; exit 127; }
            exec /usr/bin/qemu-system-x86_64 "$@"
            """
                .formatted(starts, broken));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(
        emulators.resolve("qemu-system-i386"), Path.of("/usr/bin/qemu-system-i386"));
  }

  private CapabilitySource open() {
    CapabilitySource source =
        new CapabilitySource(
            new LocalInspection(
                cache, scratch, List.of(emulators), InstantSource.system(), System::nanoTime),
            nanos::get);
    source.start(Runnable::run);
    return source;
  }

  private int startsSoFar() throws IOException {
    return Files.readAllLines(starts).size();
  }

  @Test
  void aDomainThatNeedsItHasItAskedAgain() throws Exception {
    CapabilitySource source = open();
    assertThat(source.host().emulators()).extracting(each -> each.arch()).containsExactly("i386");
    Files.delete(broken);

    HostCapabilities host = source.offering(WANTED);

    assertThat(host.emulatorFor("x86_64")).isPresent();
    assertThat(host.leftOut()).isEmpty();
    assertThat(host.accelerator("tcg")).isPresent();
    assertThat(source.host()).isEqualTo(host);
    int spent = startsSoFar();
    assertThat(open().host()).as("kept, and no failure with it").isEqualTo(host);
    assertThat(startsSoFar()).isEqualTo(spent);
  }

  @Test
  void oneThatStaysBrokenIsToldWithItsReasonAndAskedOnceAMinute() throws Exception {
    CapabilitySource source = open();
    HostCapabilities host = source.offering(WANTED);
    assertThatThrownBy(() -> EmulatorChoice.of(WANTED, host))
        .hasMessageContaining("No emulator for x86_64 can be used on this host")
        .hasMessageContaining("no such library");
    int spent = startsSoFar();
    assertThat(source.offering(WANTED)).isEqualTo(host);
    assertThat(startsSoFar()).isEqualTo(spent);

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    source.offering(WANTED);
    assertThat(startsSoFar()).isGreaterThan(spent);
  }

  @Test
  void aDomainThatNeedsAnotherAsksNothingAgain() throws Exception {
    CapabilitySource source = open();
    int spent = startsSoFar();
    DomainDefinition other =
        DomainXml.read(
            """
            <domain type='qemu'>
              <name>other</name>
              <memory unit='MiB'>32</memory>
              <os><type arch='i686'>hvm</type></os>
            </domain>
            """);
    assertThat(source.offering(other).emulatorFor("i386")).isPresent();
    assertThat(startsSoFar()).isEqualTo(spent);
  }
}
