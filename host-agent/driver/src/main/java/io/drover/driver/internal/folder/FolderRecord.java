package io.drover.driver.internal.folder;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A domain's own folder. */
public record FolderRecord(Path folder) implements ResourceRecord {
  public static final ResourceKind<FolderRecord> KIND =
      new ResourceKind<>(
          "folder",
          FolderRecord.class,
          held -> List.of(Map.of("path", held.folder().toString())),
          items -> new FolderRecord(Path.of(ResourceKind.required(items.get(0), "path"))));

  @Override
  public ResourceKind<FolderRecord> kind() {
    return KIND;
  }
}
