package io.drover.driver.internal.network;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.List;
import java.util.Map;

/** The taps that the driver makes for a domain. */
public record BridgePortRecord(List<String> taps) implements ResourceRecord {
  public static final ResourceKind<BridgePortRecord> KIND =
      new ResourceKind<>(
          "bridge-ports",
          BridgePortRecord.class,
          held -> held.taps().stream().map(tap -> Map.of("tap", tap)).toList(),
          items ->
              new BridgePortRecord(
                  items.stream().map(item -> ResourceKind.required(item, "tap")).toList()));

  public BridgePortRecord {
    taps = List.copyOf(taps);
  }

  @Override
  public ResourceKind<BridgePortRecord> kind() {
    return KIND;
  }
}
