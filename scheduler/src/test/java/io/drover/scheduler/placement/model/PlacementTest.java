package io.drover.scheduler.placement.model;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.host;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.isolating;
import static io.drover.scheduler.TestHosts.reportedAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.PlacementRefused.Filter;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.placement.model.PlacementDecision.NoHost;
import io.drover.scheduler.placement.model.PlacementDecision.Placed;
import io.drover.scheduler.placement.model.PlacementRequest.NeededVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Duration DOWN_AFTER = Duration.ofSeconds(15);
  private final Placement placement = Placement.ofDomains();

  private static PlacementRequest asks(int vcpus, long memoryMib, NeededVolume... volumes) {
    return new PlacementRequest(
        new Resources(vcpus, memoryMib), 0, 0, false, false, List.of(volumes), NOW, DOWN_AFTER);
  }

  private NoHost refused(PlacementRequest request, Host... hosts) {
    return (NoHost) placement.decide(request, List.of(hosts));
  }

  private List<String> placed(PlacementRequest request, Host... hosts) {
    return ((Placed) placement.decide(request, List.of(hosts)))
        .hosts().stream().map(Host::name).toList();
  }

  @Test
  void takesTheHostWithTheMostMemoryFreeAndKeepsTheOthersAsAlternates() {
    assertThat(placed(asks(1, 512), host("a", 4, 1024), host("b", 4, 4096), host("c", 8, 1024)))
        .containsExactly("b", "c", "a");
  }

  @Test
  void decidesTheSameInWhateverOrderTheHostsCome() {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      hosts.add(host("h" + i, 4, 4096));
    }
    PlacementDecision first = placement.decide(asks(1, 512), hosts);
    Collections.shuffle(hosts, new Random(7));
    assertThat(placement.decide(asks(1, 512), hosts)).isEqualTo(first);
  }

  @Test
  void keepsNoMoreThanEightCandidates() {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      hosts.add(host("h" + i, 4, 4096));
    }
    assertThat(((Placed) placement.decide(asks(1, 512), hosts)).hosts()).hasSize(8);
  }

  @Test
  void countsWhatEachRuleRemovedAndNamesTheNearestMiss() {
    NoHost refusal =
        refused(
            asks(4, 4096),
            reportedAt(host("down", 64, 65536), NOW.minusSeconds(16)),
            host("few", 2, 65536),
            host("a", 8, 1024),
            host("b", 8, 512));
    assertThat(refusal.hosts()).isEqualTo(4);
    assertThat(refusal.filters())
        .containsExactly(
            new Filter("HostIsUp", 1), new Filter("EnoughVcpus", 1), new Filter("EnoughMemory", 2));
    assertThat(refusal.nearestMiss()).isEqualTo("needs 3072 MiB more memory on host a");
  }

  @Test
  void saysNothingOfANearestMissWithoutHosts() {
    assertThat(refused(asks(1, 1))).isEqualTo(new NoHost(0, List.of(), "", false));
  }

  @Test
  void takesAHostWhoseReportIsExactlyAsOldAsTheLimit() {
    assertThat(placed(asks(1, 1), reportedAt(host("a", 1, 1), NOW.minus(DOWN_AFTER))))
        .containsExactly("a");
  }

  @Test
  void saysHowOldTheReportOfADownHostIs() {
    assertThat(refused(asks(1, 1), reportedAt(host("a", 1, 1), NOW.minusSeconds(40))).nearestMiss())
        .isEqualTo("needs host a to report again; its last report is 40 s old, the limit is 15 s");
  }

  @Test
  void knowsWhetherTheNextReportOfAHostMayChangeTheDecision() {
    Host down = reportedAt(host("a", 1, 1), NOW.minusSeconds(40));
    assertThat(refused(asks(1, 1), down).endsWithReport()).isTrue();
    assertThat(refused(asks(1, 1), down, host("full", 0, 0)).endsWithReport()).isTrue();
    assertThat(refused(asks(2, 1), down).endsWithReport()).as("it is too small").isFalse();
  }

  @Test
  void goesWhereTheVolumesAre() {
    NeededVolume root = new NeededVolume("root", id("b"));
    assertThat(placed(asks(1, 1, root), host("a", 9, 9999), host("b", 1, 1))).containsExactly("b");
  }

  @Test
  void refusesVolumesOnDifferentHostsAndVolumesOnNone() {
    NeededVolume root = new NeededVolume("root", id("a"));
    NeededVolume data = new NeededVolume("data", id("b"));
    assertThat(refused(asks(1, 1, root, data), host("a", 9, 99), host("b", 9, 99)).filters())
        .containsExactly(new Filter("HasTheVolumes", 2));
    assertThat(refused(asks(1, 1, new NeededVolume("lost", null)), host("a", 9, 99)).nearestMiss())
        .isEqualTo("needs volume \"lost\", which is on no host");
  }

  @Test
  void takesADefinitionThatAsksForKvmOnlyWhereKvmRuns() {
    PlacementRequest kvm =
        new PlacementRequest(new Resources(1, 1), 0, 0, true, false, List.of(), NOW, DOWN_AFTER);
    assertThat(((NoHost) placement.decide(kvm, List.of(host("a", 9, 99)))).filters())
        .containsExactly(new Filter("AcceleratorUsable", 1));
  }

  @Test
  void takesADomainThatMustBeIsolatedOnlyWhereThatCanBeHadOrIsNotSaid() {
    PlacementRequest isolated =
        new PlacementRequest(new Resources(1, 1), 0, 0, false, true, List.of(), NOW, DOWN_AFTER);
    Host unable = isolating(host("unable", 9, 9_999), "nft is missing");
    assertThat(placed(isolated, unable, isolating(host("able", 9, 99), ""), host("older", 9, 9)))
        .containsExactly("able", "older");
    assertThat(refused(isolated, unable))
        .isEqualTo(
            new NoHost(
                1,
                List.of(new Filter("IsolatesGuests", 1)),
                "needs host unable to isolate guests that have network cards, which it cannot;"
                    + " operators see the reason with drover host show unable",
                false));
    assertThat(placed(asks(1, 1), unable)).containsExactly("unable");
  }
}
