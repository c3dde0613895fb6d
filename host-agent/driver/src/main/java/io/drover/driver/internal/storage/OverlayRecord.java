package io.drover.driver.internal.storage;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The overlays of a domain's transient disks. The journal names them, and nothing that QEMU's user
 * may write: whoever removes them may be root.
 */
public record OverlayRecord(List<Path> files) implements ResourceRecord {
  public static final ResourceKind<OverlayRecord> KIND =
      new ResourceKind<>(
          "overlays",
          OverlayRecord.class,
          held -> held.files().stream().map(file -> Map.of("path", file.toString())).toList(),
          items ->
              new OverlayRecord(
                  items.stream()
                      .map(item -> Path.of(ResourceKind.required(item, "path")))
                      .toList()));

  public OverlayRecord {
    files = List.copyOf(files);
  }

  @Override
  public ResourceKind<OverlayRecord> kind() {
    return KIND;
  }
}
