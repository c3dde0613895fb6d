package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRuleTest {
  @ParameterizedTest
  @CsvSource({
    "drover.placements, /scheduler, true",
    "drover.placements, /scheduler/x, false",
    "drover.placements, /api-gateway, false",
    "drover.placements, /host-agents/11111111-2222-4333-8444-555555555555, false",
    "drover.domain-events, /scheduler, false",
    "drover.domain-events, /api-gateway, true",
    "drover.domain-events, /host-agents/11111111-2222-4333-8444-555555555555, true",
    "drover.hosts, /scheduler, true",
    "drover.hosts, /api-gateway, false",
    "drover.host-reports, /scheduler, true"
  })
  void theSchedulerSpeaksOnItsOwnTopicAndNobodyElseDoes(
      String topic, String source, boolean allowed) {
    assertThat(TopicRule.allows(topic, source)).isEqualTo(allowed);
  }
}
