package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.ResourceKind;
import java.util.List;
import java.util.Map;

/** The marks of sidecars, as the journal keeps them. */
final class SidecarMarks {
  private SidecarMarks() {}

  static List<String> of(List<Sidecar> sidecars) {
    return sidecars.stream().map(Sidecar::mark).toList();
  }

  static List<Map<String, String>> items(List<String> marks) {
    return marks.stream().map(mark -> Map.of("mark", mark)).toList();
  }

  static List<String> read(List<Map<String, String>> items) {
    return items.stream().map(item -> ResourceKind.required(item, "mark")).toList();
  }
}
