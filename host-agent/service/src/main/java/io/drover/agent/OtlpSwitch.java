package io.drover.agent;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns tracing off where no collector is named; nobody wants export errors in the log. */
public final class OtlpSwitch implements ConfigSourceFactory {
  private static final int BELOW_ENVIRONMENT = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String endpoint = context.getValue("drover.otlp.endpoint").getValue();
    boolean off = endpoint == null || endpoint.isBlank();
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.otel.sdk.disabled", Boolean.toString(off)),
            "drover-otlp-switch",
            BELOW_ENVIRONMENT));
  }
}
