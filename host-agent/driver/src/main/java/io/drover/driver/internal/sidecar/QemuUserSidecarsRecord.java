package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.List;

/** The sidecars of QEMU's user, as passt, by the argument that no other process has. */
public record QemuUserSidecarsRecord(List<String> marks) implements ResourceRecord {
  public static final ResourceKind<QemuUserSidecarsRecord> KIND =
      new ResourceKind<>(
          "qemu-user-sidecars",
          QemuUserSidecarsRecord.class,
          held -> SidecarMarks.items(held.marks()),
          items -> new QemuUserSidecarsRecord(SidecarMarks.read(items)));

  public QemuUserSidecarsRecord {
    marks = List.copyOf(marks);
  }

  @Override
  public ResourceKind<QemuUserSidecarsRecord> kind() {
    return KIND;
  }
}
