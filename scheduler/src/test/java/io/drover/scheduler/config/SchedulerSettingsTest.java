package io.drover.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.scheduler.TestLedger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulerSettingsTest {
  @Test
  void hasTheDefaultsThatTheOperatorsGuideNames() {
    SchedulerSettings settings = TestLedger.settings();
    assertThat(settings.hostDownAfter()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.snapshotMaxAge()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.formerClaimPatience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.hostReportPatience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.placedPatience()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.hostRecordEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.deletedRetention()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.outcomeRetention()).isEqualTo(Duration.ofDays(14));
    assertThat(settings.sendDeadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.delivery().attempts()).isEqualTo(3);
    assertThat(settings.delivery().firstPause()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.delivery().longestPause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.outcomeSweepEvery()).isEqualTo(Duration.ofMinutes(15));
  }
}
