package io.drover.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.AcceleratorFacts;
import io.drover.driver.HostCapabilities;
import io.drover.driver.HostDescription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostFactsDigestTest {
  private static final AcceleratorFacts TCG = AcceleratorFacts.usable("tcg", 2);
  private static final AcceleratorFacts NO_KVM = new AcceleratorFacts("kvm", false, "denied", 0);

  private final Deque<HostCapabilities> findings = new ArrayDeque<>();
  private final HostFactsDigest facts = new HostFactsDigest(findings::remove);

  @Test
  void theDigestIsMadeOncePerFinding() {
    findings.addAll(List.of(capabilities(TCG), capabilities(TCG)));

    assertThat(facts.get()).isSameAs(facts.get());
  }

  @Test
  void anotherFindingHasAnotherDigest() {
    findings.addAll(List.of(capabilities(TCG), capabilities(TCG, NO_KVM)));

    HostFacts first = facts.get();
    HostFacts second = facts.get();

    assertThat(second.digest()).isNotEqualTo(first.digest());
    assertThat(second.accelerators()).hasSize(2);
  }

  private static HostCapabilities capabilities(AcceleratorFacts... accelerators) {
    return new HostCapabilities(
        List.of(),
        List.of(accelerators),
        List.of(),
        new HostDescription(
            Optional.empty(),
            "x86_64",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false));
  }
}
