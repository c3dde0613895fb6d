package io.drover.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator sets is set the same way for every service. */
class ServiceSettingsTest {
  private static final List<String> SERVICES =
      List.of("api-gateway", "scheduler", "secrets-service", "host-agent/service");

  @ParameterizedTest
  @CsvSource({
    "quarkus.http.host, ${DROVER_BIND:127.0.0.1}",
    "quarkus.log.console.json.enabled, ${DROVER_LOG_JSON:false}",
    "quarkus.otel.exporter.otlp.endpoint, '${DROVER_OTLP_ENDPOINT:} '",
    "quarkus.otel.exporter.otlp.protocol, http/protobuf",
    "quarkus.otel.sdk.disabled,",
  })
  void aSettingHasOneRuleForAllServices(String name, String rule) {
    assertThat(SERVICES)
        .allSatisfy(service -> assertThat(settings(service).get(name)).as(service).isEqualTo(rule));
  }

  private static Properties settings(String service) {
    Properties settings = new Properties();
    try {
      settings.load(
          new StringReader(
              ProjectFiles.text(
                  ProjectFiles.root()
                      .resolve(service)
                      .resolve("src/main/resources/application.properties"))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return settings;
  }
}
