package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.json.ContractJson;
import io.drover.driver.Emulator;
import io.drover.driver.GuestCpus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Debian's QEMU 7.2.22 answered to {@link RecordingQemu}, read as the probe reads it. */
class RecordedEmulatorTest {
  private static final Emulator QEMU = RecordedEmulators.debian();

  @Test
  void everyFlagIsReadAsItWasWhenTheRecordWasMade() throws IOException {
    try (InputStream in = RecordedEmulators.resource("qemu-7.2.22.flags")) {
      String flags = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(QEMU.flags()).containsExactlyInAnyOrderElementsOf(flags.lines().toList());
    }
  }

  @Test
  void versionAndPackagingAreTold() {
    assertThat(QEMU.version()).isEqualTo("7.2.22");
    assertThat(QEMU.packaging()).startsWith("Debian");
    assertThat(QEMU.arch()).isEqualTo("x86_64");
  }

  @Test
  void machinesHaveTheirLimitsAndDefaults() {
    assertThat(QEMU.machines().get(0))
        .isEqualTo(
            new Emulator.Machine(
                "pc-i440fx-7.2",
                List.of("pc"),
                255,
                true,
                "qemu64-x86_64-cpu",
                true,
                false,
                "pc.ram",
                false));
    assertThat(QEMU.machine("q35").orElseThrow().maxCpus()).isEqualTo(288);
    assertThat(QEMU.machine("pc-i440fx-1.4").orElseThrow().deprecated()).isTrue();
    assertThat(QEMU.machine("none")).isEmpty();
  }

  @Test
  void aModelThatWouldMissFeaturesNamesThem() {
    GuestCpus.Model epyc = QEMU.tcg().orElseThrow().model("EPYC").orElseThrow();
    assertThat(epyc.usable()).contains(false);
    assertThat(epyc.blockers()).contains("topoext", "fxsr-opt");
  }

  @Test
  void factsSurviveTheCache() throws IOException {
    byte[] kept = ContractJson.write(QEMU);
    assertThat(ContractJson.mapper().readValue(kept, Emulator.class)).isEqualTo(QEMU);
  }

  @Test
  void anEmulatorThatRefusesEverythingButItsNameHasNoFlags() {
    ProbeReplies answers =
        new ProbeReplies(
            Map.of(
                ProbeReplies.Question.of("query-target", Map.of()),
                ContractJson.mapper().createObjectNode().put("arch", "x86_64")));
    Emulator poor = ProbeParser.of("/poor", ProbeQueries.whole(answers), Optional.empty());
    assertThat(poor.flags()).containsExactly("no-hpet");
    assertThat(poor.machines()).isEmpty();
    assertThat(poor.tcg()).isEmpty();
    assertThat(poor.kvm()).isEmpty();
  }
}
