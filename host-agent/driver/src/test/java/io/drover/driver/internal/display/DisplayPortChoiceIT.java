package io.drover.driver.internal.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.driver.internal.settings.AutomaticDisplays;
import io.drover.driver.internal.settings.DisplaySettings;
import io.drover.driver.internal.settings.PortRange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisplayPortChoiceIT {
  private static final AutomaticDisplays TCP =
      new AutomaticDisplays(false, false, new PortRange(5900, 5920), new PortRange(5700, 5701));
  private final Set<String> listening = new HashSet<>();
  private final DomainId one = new DomainId(UUID.randomUUID());
  private final DomainId two = new DomainId(UUID.randomUUID());

  private DisplayPorts ports(AutomaticDisplays automatic, boolean spiceTls) {
    DisplaySettings settings =
        new DisplaySettings(
            DisplaySecurity.NONE, automatic, spiceTls, Map.of(), Map.of(), Map.of());
    return new DisplayPorts(
        settings,
        new PortTrial() {
          @Override
          void requireOwn(String address) {
            // every address is ours
          }

          @Override
          public boolean free(String address, int port) {
            return !listening.contains(address + ":" + port);
          }
        });
  }

  private static DomainDefinition domain(String graphics) {
    return DomainXml.read(
        "<domain type='qemu'><name>d</name><memory>65536</memory><os><type>hvm</type></os><devices>"
            + graphics
            + "</devices></domain>");
  }

  private static Graphics first(DomainDefinition definition) {
    return definition.devices(Graphics.class).get(0);
  }

  @Test
  void theLowestPortThatNobodyHasIsPicked() {
    DisplayPorts ports = ports(TCP, false);
    listening.add("127.0.0.1:5900");

    Graphics vnc = first(ports.assign(one, domain("<graphics type='vnc'/>")));
    Graphics elsewhere =
        first(ports.assign(two, domain("<graphics type='vnc' listen='10.0.0.1' port='-1'/>")));

    assertThat(vnc.port()).isEqualTo(5901);
    assertThat(vnc.autoport()).isTrue();
    assertThat(vnc.listens()).extracting(Graphics.Listen::address).containsExactly("127.0.0.1");
    assertThat(elsewhere.port()).isEqualTo(5900);
    assertThat(elsewhere.listens().get(0).address()).isEqualTo("10.0.0.1");
  }

  @Test
  void aPortIsTheDomainsUntilItEndsAndAfterTheDriver() {
    DisplayPorts ports = ports(TCP, false);
    DomainDefinition running = ports.assign(one, domain("<graphics type='vnc' websocket='-1'/>"));
    assertThat(first(running).options()).containsEntry("websocket", "5700");

    DisplayPorts next = ports(TCP, false);
    next.reattach(DisplayPortRecord.of(one, DomainXml.read(DomainXml.write(running))));
    for (DisplayPorts each : List.of(ports, next)) {
      Graphics other =
          first(each.assign(two, domain("<graphics type='vnc' autoport='yes' websocket='-1'/>")));
      assertThat(other.port()).isEqualTo(5901);
      assertThat(other.options()).containsEntry("websocket", "5701");
      each.release(two);
      each.release(one);
      assertThat(first(each.assign(two, running)).port()).isEqualTo(5900);
    }
  }

  @Test
  void aPortThatADefinitionNamesIsNobodyElses() {
    DisplayPorts ports = ports(TCP, false);

    DomainDefinition both =
        ports.assign(
            one,
            domain("<graphics type='spice' autoport='yes'/><graphics type='vnc' port='5900'/>"));

    assertThat(both.devices(Graphics.class)).extracting(Graphics::port).containsExactly(5901, 5900);
    assertThat(first(ports.assign(two, domain("<graphics type='vnc'/>"))).port()).isEqualTo(5902);
  }

  @Test
  void spiceGetsThePortsThatItsChannelsNeed() {
    String secure = "<graphics type='spice' autoport='yes' defaultMode='secure'/>";
    String mixed =
        "<graphics type='spice' autoport='yes' defaultMode='insecure'>"
            + "<channel name='main' mode='secure'/></graphics>";
    String plain = "<graphics type='spice' tlsPort='-1'/>";

    assertThat(spice(secure, true)).containsExactly(null, 5900);
    assertThat(spice(mixed, true)).containsExactly(5900, 5901);
    assertThat(spice(plain, true)).containsExactly(5900, 5901);
    assertThat(spice(plain, false)).containsExactly(5900, null);
    assertThat(spice("<graphics type='spice'/>", true)).containsExactly(null, null);
    assertThatThrownBy(() -> spice(mixed, false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("spice_tls = 1");
  }

  private List<Integer> spice(String graphics, boolean tls) {
    Graphics shown = first(ports(TCP, tls).assign(one, domain(graphics)));
    return java.util.Arrays.asList(shown.port(), shown.tlsPort());
  }

  @Test
  void displaysOnSocketsOrNowhereHaveNoPort() {
    DisplayPorts sockets =
        ports(new AutomaticDisplays(true, true, TCP.displays(), TCP.websockets()), true);
    for (String graphics :
        List.of(
            "<graphics type='vnc'/>",
            "<graphics type='spice' autoport='yes'/>",
            "<graphics type='vnc' port='5905'/>")) {
      assertThat(sockets.assign(one, domain(graphics))).isEqualTo(domain(graphics));
    }
    for (String listen : List.of("type='socket'", "type='none'", "type='socket' socket='/s'")) {
      DomainDefinition elsewhere =
          domain("<graphics type='vnc'><listen " + listen + "/></graphics>");
      assertThat(ports(TCP, true).assign(one, elsewhere)).isEqualTo(elsewhere);
    }
  }

  @Test
  void aRangeThatIsUsedUpIsSaid() {
    DisplayPorts ports = ports(TCP, false);
    IntStream.rangeClosed(5900, 5920).forEach(port -> listening.add("127.0.0.1:" + port));

    assertThatThrownBy(() -> ports.assign(one, domain("<graphics type='vnc'/>")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_RESOURCE_MISSING))
        .hasMessageContaining("No port from 5900 to 5920");
  }

  @Test
  void domainsThatStartAtTheSameMomentGetPortsOfTheirOwn() throws Exception {
    DisplayPorts ports = ports(TCP, false);
    int count = 20;
    CyclicBarrier together = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      Callable<Integer> start =
          () -> {
            together.await(10, TimeUnit.SECONDS);
            return first(
                    ports.assign(new DomainId(UUID.randomUUID()), domain("<graphics type='vnc'/>")))
                .port();
          };
      Set<Integer> picked = new HashSet<>();
      for (Future<Integer> each :
          IntStream.range(0, count).mapToObj(i -> threads.submit(start)).toList()) {
        picked.add(each.get(20, TimeUnit.SECONDS));
      }
      assertThat(picked).hasSize(count).allMatch(port -> port >= 5900 && port < 5900 + count);
    } finally {
      threads.shutdownNow();
    }
  }
}
