package io.drover.driver.internal.capabilities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.HostCapabilities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the installed QEMU. */
@Timeout(120)
class LocalInspectionIT {
  @TempDir static Path cache;
  @TempDir static Path scratch;
  private static LocalInspection inspection;
  private static HostCapabilities host;

  @BeforeAll
  static void inspect() {
    inspection =
        new LocalInspection(
            cache, scratch, List.of(Path.of("/usr/bin")), InstantSource.system(), System::nanoTime);
    host = inspection.inspect();
  }

  private static CapabilityQuery query(String machine, String type) {
    return new CapabilityQuery(
        Optional.empty(), Optional.of("x86_64"), Optional.of(machine), Optional.of(type));
  }

  private static ErrorCode codeOf(CapabilityQuery query) {
    try {
      inspection.domain(query, host);
      throw new AssertionError("It was not refused");
    } catch (ProblemException e) {
      return e.problem().code();
    }
  }

  @Test
  void whatIsLeftOpenIsChosen() {
    DomainCapabilities chosen = inspection.domain(CapabilityQuery.any(), host);
    assertThat(chosen.machine()).startsWith("pc-i440fx-");
    boolean kvm = host.accelerator("kvm").orElseThrow().usable();
    assertThat(chosen.domain()).isEqualTo(kvm ? "kvm" : "qemu");
    assertThat(chosen.cpu().hostModel()).isPresent();
    assertThat(host.host().cells()).isNotEmpty();
  }

  @Test
  void anAliasIsAnsweredByItsCanonicalName() {
    assertThat(inspection.domain(query("q35", "qemu"), host).machine()).startsWith("pc-q35-");
  }

  @Test
  void whatTheEmulatorHasNotIsRefused() {
    assertThat(codeOf(query("teapot", "qemu"))).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(codeOf(query("q35", "xen"))).isEqualTo(ErrorCode.INVALID_REQUEST);
    CapabilityQuery wrongArch =
        new CapabilityQuery(
            Optional.of("/usr/bin/qemu-system-x86_64"),
            Optional.of("aarch64"),
            Optional.empty(),
            Optional.empty());
    assertThat(codeOf(wrongArch)).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void anEmulatorOutsideTheSearchPathIsAskedToo() throws Exception {
    Path wrapper =
        Files.writeString(
            scratch.resolve("my-qemu"), "#!/bin/sh\nexec qemu-system-x86_64 \"$@\"\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    CapabilityQuery query =
        new CapabilityQuery(
            Optional.of(wrapper.toString()),
            Optional.empty(),
            Optional.of("q35"),
            Optional.of("qemu"));
    assertThat(inspection.domain(query, host).path()).isEqualTo(wrapper.toRealPath().toString());
  }

  @Test
  void aMissingEmulatorIsNamed() {
    CapabilityQuery query =
        new CapabilityQuery(
            Optional.of("/nowhere/qemu"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> inspection.domain(query, host))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("/nowhere/qemu");
  }
}
