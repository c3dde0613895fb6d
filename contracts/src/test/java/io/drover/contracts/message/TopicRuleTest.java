package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRuleTest {
  private static final String HOST = "/host-agents/11111111-2222-4333-8444-555555555555";

  @ParameterizedTest
  @CsvSource({
    "drover.placements,      /scheduler",
    "drover.hosts,           /scheduler",
    "drover.domain-commands, /api-gateway",
    "drover.domain-events,   /api-gateway HOST",
    "drover.host-reports,    HOST",
    "drover.audit,           /secrets-service"
  })
  void aTopicIsWrittenByItsPartsAlone(String topic, String writers) {
    for (String source :
        new String[] {"/scheduler", "/api-gateway", "/secrets-service", HOST, "/scheduler/x", ""}) {
      boolean itsOwn = List.of(writers.split(" ")).contains(source.equals(HOST) ? "HOST" : source);
      assertThat(TopicRule.allows(topic, source)).as("%s on %s", source, topic).isEqualTo(itsOwn);
    }
  }
}
