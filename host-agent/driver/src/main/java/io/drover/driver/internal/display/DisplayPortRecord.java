package io.drover.driver.internal.display;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The ports that a running domain's displays listen on. */
public record DisplayPortRecord(DomainId id, List<Integer> ports) implements ResourceRecord {
  public static final ResourceKind<DisplayPortRecord> KIND =
      new ResourceKind<>(
          "display-ports",
          DisplayPortRecord.class,
          DisplayPortRecord::items,
          DisplayPortRecord::read);

  public DisplayPortRecord {
    ports = List.copyOf(ports);
  }

  /** Those of a running definition. */
  public static DisplayPortRecord of(DomainId id, DomainDefinition running) {
    return new DisplayPortRecord(
        id,
        running.devices(Graphics.class).stream()
            .flatMap(graphics -> DisplayPorts.of(graphics).stream())
            .toList());
  }

  @Override
  public ResourceKind<DisplayPortRecord> kind() {
    return KIND;
  }

  private List<Map<String, String>> items() {
    String words = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
    return List.of(Map.of("uuid", id.toString(), "ports", words));
  }

  private static DisplayPortRecord read(List<Map<String, String>> items) {
    Map<String, String> only = items.get(0);
    return new DisplayPortRecord(
        DomainId.parse(ResourceKind.required(only, "uuid")),
        Arrays.stream(ResourceKind.required(only, "ports").split(" ", -1))
            .filter(port -> !port.isEmpty())
            .map(Integer::valueOf)
            .toList());
  }
}
