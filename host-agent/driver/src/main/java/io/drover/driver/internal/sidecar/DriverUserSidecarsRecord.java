package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.List;

/**
 * The sidecars of the driver's own user, as virtiofs daemons, by the argument that no other process
 * has.
 */
public record DriverUserSidecarsRecord(List<String> marks) implements ResourceRecord {
  public static final ResourceKind<DriverUserSidecarsRecord> KIND =
      new ResourceKind<>(
          "driver-sidecars",
          DriverUserSidecarsRecord.class,
          held -> SidecarMarks.items(held.marks()),
          items -> new DriverUserSidecarsRecord(SidecarMarks.read(items)));

  public DriverUserSidecarsRecord {
    marks = List.copyOf(marks);
  }

  @Override
  public ResourceKind<DriverUserSidecarsRecord> kind() {
    return KIND;
  }
}
