package io.drover.driver.internal.folder;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that were given to QEMU's user, with their owners before. */
public record OwnershipRecord(List<OriginalOwner> owners) implements ResourceRecord {
  public static final ResourceKind<OwnershipRecord> KIND =
      new ResourceKind<>(
          "ownership", OwnershipRecord.class, OwnershipRecord::items, OwnershipRecord::read);

  public OwnershipRecord {
    owners = List.copyOf(owners);
  }

  @Override
  public ResourceKind<OwnershipRecord> kind() {
    return KIND;
  }

  private List<Map<String, String>> items() {
    return owners.stream()
        .map(
            owner ->
                Map.of(
                    "path", owner.file().toString(),
                    "uid", Long.toString(owner.uid()),
                    "gid", Long.toString(owner.gid())))
        .toList();
  }

  private static OwnershipRecord read(List<Map<String, String>> items) {
    return new OwnershipRecord(
        items.stream()
            .map(
                item ->
                    new OriginalOwner(
                        Path.of(ResourceKind.required(item, "path")),
                        Long.parseLong(ResourceKind.required(item, "uid")),
                        Long.parseLong(ResourceKind.required(item, "gid"))))
            .toList());
  }
}
