package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.folder.FileOwnership;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sidecars of the driver's own user. They make their sockets in the domain's folder while it is
 * still the driver's: once it is QEMU's user's, any name in it can become somebody else's file.
 */
public final class DriverUserSidecars
    implements HostResource<DriverUserSidecarsPlan, DriverUserSidecarsRecord> {
  private final Sidecars sidecars;
  private final FileOwnership ownership;
  private final Duration startDeadline;
  private final Duration stopDeadline;

  /**
   * @param ownership gives the sockets to QEMU's user, who connects to them
   */
  public DriverUserSidecars(
      Sidecars sidecars, FileOwnership ownership, Duration startDeadline, Duration stopDeadline) {
    this.sidecars = sidecars;
    this.ownership = ownership;
    this.startDeadline = startDeadline;
    this.stopDeadline = stopDeadline;
  }

  @Override
  public Class<DriverUserSidecarsPlan> planType() {
    return DriverUserSidecarsPlan.class;
  }

  @Override
  public ResourceKind<DriverUserSidecarsRecord> kind() {
    return DriverUserSidecarsRecord.KIND;
  }

  @Override
  public DriverUserSidecarsRecord prepare(DriverUserSidecarsPlan plan) {
    return new DriverUserSidecarsRecord(SidecarMarks.of(plan.sidecars()));
  }

  @Override
  public void acquire(DriverUserSidecarsPlan plan, DriverUserSidecarsRecord held) {
    sidecars.start(plan.sidecars(), startDeadline);
    ownership.give(plan.sidecars().stream().map(Sidecar::socket).toList());
  }

  @Override
  public void release(DriverUserSidecarsRecord held) {
    sidecars.end(held.marks(), stopDeadline);
  }

  @Override
  public void watch(DriverUserSidecarsRecord held, Consumer<String> onLoss) {
    sidecars.watch(held.marks(), onLoss);
  }
}
