package io.drover.definition.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CpuModelsTest {
  private final CpuModels models = CpuModels.x86();

  private CpuFacts amd(int family, int model, Set<String> features) {
    return new CpuFacts("AMD", family, model, 0, features);
  }

  private Set<String> with(String model, String... more) {
    Set<String> features = new TreeSet<>(models.featuresOf(model));
    features.addAll(List.of(more));
    return features;
  }

  private Set<String> without(String model, String less) {
    Set<String> features = new TreeSet<>(models.featuresOf(model));
    features.remove(less);
    return features;
  }

  @Test
  void everyFeatureOfEveryModelIsKnown() {
    for (String model : List.of("qemu64", "Icelake-Server", "EPYC-Milan", "Snowridge", "Dhyana")) {
      assertThat(models.featuresOf(model)).isNotEmpty().allMatch(CpuFeatures.x86()::knows);
    }
  }

  @Test
  void aHostIsCalledByTheRichestModelOfItsOwnKindThatItHasAllOf() {
    CpuDescription rome =
        models.describeHost(amd(23, 49, with("EPYC-Rome", "ht", "topoext"))).orElseThrow();
    assertThat(rome)
        .isEqualTo(new CpuDescription("EPYC-Rome", "AMD", List.of("ht", "topoext"), List.of()));
  }

  @Test
  void aHostThatLacksAFeatureOfItsKindIsCalledByALesserModel() {
    CpuDescription lesser =
        models.describeHost(amd(23, 49, without("EPYC-Rome", "clwb"))).orElseThrow();
    assertThat(lesser.model()).isEqualTo("EPYC-IBPB");
    assertThat(lesser.disable()).containsExactly("monitor");
  }

  @Test
  void aGuestsModelIsOneThatTheEmulatorHas() {
    CpuFacts cpu = amd(23, 49, with("EPYC-Rome"));
    assertThat(models.describeGuest(cpu, Map.of("EPYC", Set.of(), "qemu64", Set.of())))
        .map(CpuDescription::model)
        .contains("EPYC");
    assertThat(models.describeGuest(cpu, Map.of())).isEmpty();
  }

  @Test
  void whatKeepsTheEmulatorFromGivingTheModelIsSwitchedOff() {
    CpuFacts cpu = amd(23, 49, without("EPYC-Rome", "sha-ni"));
    CpuDescription described =
        models.describeGuest(cpu, Map.of("EPYC-Rome", Set.of("sha-ni", "topoext"))).orElseThrow();
    assertThat(described.disable()).containsExactly("sha-ni", "topoext");
  }

  @Test
  void anotherVendorsModelsAreNotConsidered() {
    CpuFacts intel = new CpuFacts("Intel", 6, 106, 6, with("EPYC-Rome"));
    assertThat(models.describeHost(intel).orElseThrow().model()).doesNotStartWith("EPYC");
  }

  @Test
  void steppingsTellModelsOfOneProcessorApart() {
    Set<String> features = new HashSet<>(models.featuresOf("Cascadelake-Server"));
    CpuFacts cascadeLake = new CpuFacts("Intel", 6, 85, 7, features);
    assertThat(models.describeHost(cascadeLake).orElseThrow().model())
        .isEqualTo("Cascadelake-Server");
    CpuFacts skylake = new CpuFacts("Intel", 6, 85, 4, features);
    assertThat(models.describeHost(skylake).orElseThrow().model()).isEqualTo("Skylake-Server-IBRS");
  }

  @Test
  void theKernelsNamesBecomeLibvirts() {
    CpuFeatures features = CpuFeatures.x86();
    assertThat(features.fromLinux(List.of("sse4_1", "pclmulqdq", "rep_good", "ibrs"), "Intel"))
        .containsExactly("pclmuldq", "spec-ctrl", "sse4.1");
    assertThat(features.fromLinux(List.of("ssbd", "ibrs"), "AMD"))
        .containsExactly("amd-ssbd", "ibrs");
    assertThat(features.fromLinux(List.of("ssbd", "virt_ssbd"), "AMD"))
        .containsExactly("virt-ssbd");
  }

  @Test
  void qemusNamesGoThereAndBack() {
    CpuFeatures features = CpuFeatures.x86();
    assertThat(features.toQemu("tsc_adjust")).isEqualTo("tsc-adjust");
    assertThat(features.fromQemu("tsc-adjust")).isEqualTo("tsc_adjust");
    assertThat(features.toQemu("avx2")).isEqualTo("avx2");
  }
}
