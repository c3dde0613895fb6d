package io.drover.driver.internal.folder;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    return owners.stream().map(OwnershipRecord::item).toList();
  }

  private static Map<String, String> item(OriginalOwner owner) {
    Map<String, String> item = new TreeMap<>();
    item.put("path", owner.file().toString());
    item.put("uid", Long.toString(owner.uid()));
    item.put("gid", Long.toString(owner.gid()));
    OriginalOwner.FileIdentity identity = owner.identity();
    if (identity != null) {
      item.put("dev", Long.toString(identity.device()));
      item.put("ino", Long.toString(identity.inode()));
      item.put("mode", Integer.toOctalString(identity.mode()));
    }
    return item;
  }

  private static OwnershipRecord read(List<Map<String, String>> items) {
    return new OwnershipRecord(items.stream().map(OwnershipRecord::owner).toList());
  }

  private static OriginalOwner owner(Map<String, String> item) {
    return new OriginalOwner(
        Path.of(ResourceKind.required(item, "path")),
        Long.parseLong(ResourceKind.required(item, "uid")),
        Long.parseLong(ResourceKind.required(item, "gid")),
        item.containsKey("ino") ? identity(item) : null);
  }

  private static OriginalOwner.FileIdentity identity(Map<String, String> item) {
    return new OriginalOwner.FileIdentity(
        Long.parseLong(ResourceKind.required(item, "dev")),
        Long.parseLong(ResourceKind.required(item, "ino")),
        Integer.parseInt(ResourceKind.required(item, "mode"), 8));
  }
}
