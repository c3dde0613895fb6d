package io.drover.scheduler.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Turns the export of traces off unless {@code DROVER_OTLP_ENDPOINT} says where they go. */
public final class OtlpSwitch implements ConfigSource {
  private static final int BELOW_THE_ENVIRONMENT = 260;

  private final Map<String, String> properties;

  public OtlpSwitch() {
    boolean silent = System.getenv("DROVER_OTLP_ENDPOINT") == null;
    // Always said: what this source says during the build becomes the default at run time.
    this.properties = Map.of("quarkus.otel.sdk.disabled", Boolean.toString(silent));
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return properties.get(name);
  }

  @Override
  public String getName() {
    return "Drover's OTLP switch";
  }

  @Override
  public int getOrdinal() {
    return BELOW_THE_ENVIRONMENT;
  }
}
