package io.drover.contracts.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DefinitionRequirements;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import io.drover.contracts.requirement.Requirements.RequiredResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementsTest {
  private static final String BARE =
      "<domain type='qemu'><name>a</name><memory>65536</memory><os><type>hvm</type></os></domain>";

  private static Requirements of(String xml) {
    return DefinitionRequirements.of(DomainXml.read(xml));
  }

  @Test
  void aBareDefinitionRequiresNothing() {
    assertThat(of(BARE))
        .isEqualTo(
            new Requirements(
                null,
                null,
                AcceleratorNeed.ANY,
                CpuRequirement.NONE,
                List.of(),
                List.of(),
                100,
                false));
  }

  @Test
  void namesAcceleratorMachineAndCpu() {
    Requirements requirements =
        of(
            """
            <domain type='kvm'><name>a</name><memory>65536</memory>
              <os><type arch='x86_64' machine='q35'>hvm</type></os>
              <cpu mode='custom'><model>Skylake-Server</model><vendor>Intel</vendor>
                <feature policy='require' name='vmx'/><feature policy='disable' name='hle'/>
                <feature policy='require' name='avx512f'/></cpu>
            </domain>
            """);
    assertThat(requirements.accelerator()).isEqualTo(AcceleratorNeed.KVM);
    assertThat(requirements.arch()).isEqualTo("x86_64");
    assertThat(requirements.machine()).isEqualTo("q35");
    assertThat(requirements.cpu())
        .isEqualTo(
            new CpuRequirement("custom", "Skylake-Server", "Intel", List.of("avx512f", "vmx")));
  }

  @Test
  void needsIsolationForTheCardsOfWhatATenantMayHave() {
    String card = "<devices><interface type='user'/></devices></domain>";
    String withCard = BARE.replace("</domain>", card);
    assertThat(of(withCard).isolatedCards()).isTrue();
    assertThat(of(BARE).isolatedCards()).as("without a card").isFalse();
    assertThat(of(withCard.replace("'user'/>", "'bridge'><source bridge='br0'/></interface>")))
        .matches(operators -> !operators.isolatedCards());
    String pinned = withCard.replace("<memory>", "<vcpu cpuset='0'>1</vcpu><memory>");
    assertThat(of(pinned).isolatedCards()).as("only an operator may have it").isFalse();
  }

  @Test
  void namesNetworksOnceAndWhatIsTheHosts() {
    Requirements requirements =
        of(
            BARE.replace(
                "</domain>",
                """
                <devices>
                  <interface type='network'><source network='blue'/></interface>
                  <interface type='network'><source network='blue'/></interface>
                  <interface type='bridge'><source bridge='br0'/></interface>
                  <interface type='direct'><source dev='eth1' mode='bridge'/></interface>
                  <hostdev mode='subsystem' type='pci' managed='yes'>
                    <source><address domain='0' bus='6' slot='18' function='5'/></source>
                  </hostdev>
                  <hostdev mode='subsystem' type='usb'>
                    <source><vendor id='0x046d'/><product id='0xc52b'/></source>
                  </hostdev>
                </devices></domain>
                """));
    assertThat(requirements.networks()).containsExactly("blue");
    assertThat(requirements.hostResources())
        .containsExactly(
            new RequiredResource("bridge", "br0"),
            new RequiredResource("netdev", "eth1"),
            new RequiredResource("pci", "0000:06:12.5"),
            new RequiredResource("usb", "046d:c52b"));
  }
}
