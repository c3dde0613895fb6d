package io.drover.driver.internal.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An isolated domain has no card whose other end is outside of its network. */
class GuestNetworkPlanTest {
  @Test
  void plainUserNetworksAreInside() {
    assertThat(GuestNetworkPlan.of(domain(""))).isEqualTo(new GuestNetworkPlan(false));
    assertThat(GuestNetworkPlan.of(domain("<interface type='user'/>")))
        .isEqualTo(new GuestNetworkPlan(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<interface type='user'><backend type='passt'/></interface>",
        "<interface type='bridge'><source bridge='br0'/></interface>",
        "<interface type='ethernet'><target dev='tap0'/></interface>",
        "<interface type='direct'><source dev='eth0' mode='bridge'/></interface>",
        "<interface type='network'><source network='default'/></interface>",
        "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/></interface>",
        "<interface type='udp'><source address='127.0.0.1' port='1'>"
            + "<local address='127.0.0.1' port='2'/></source></interface>",
        "<interface type='client'><source address='127.0.0.1' port='1'/></interface>",
      })
  void everyOtherCardIsRefused(String card) {
    assertThatThrownBy(() -> GuestNetworkPlan.of(domain("<interface type='user'/>" + card)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
        .hasMessageContaining("Domain web is isolated from its host")
        .hasMessageContaining("<interface type='user'>");
  }

  private static DomainDefinition domain(String devices) {
    return DomainXml.read(
        "<domain type='qemu'><name>web</name><memory>1024</memory><os><type>hvm</type></os>"
            + "<devices>"
            + devices
            + "</devices></domain>");
  }
}
