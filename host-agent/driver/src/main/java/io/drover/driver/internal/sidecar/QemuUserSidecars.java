package io.drover.driver.internal.sidecar;

import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import java.time.Duration;
import java.util.function.Consumer;

/** Sidecars of QEMU's user; they make their sockets in the domain's folder once it is theirs. */
public final class QemuUserSidecars
    implements HostResource<QemuUserSidecarsPlan, QemuUserSidecarsRecord> {
  private final Sidecars sidecars;
  private final Duration startDeadline;
  private final Duration stopDeadline;

  public QemuUserSidecars(Sidecars sidecars, Duration startDeadline, Duration stopDeadline) {
    this.sidecars = sidecars;
    this.startDeadline = startDeadline;
    this.stopDeadline = stopDeadline;
  }

  @Override
  public Class<QemuUserSidecarsPlan> planType() {
    return QemuUserSidecarsPlan.class;
  }

  @Override
  public ResourceKind<QemuUserSidecarsRecord> kind() {
    return QemuUserSidecarsRecord.KIND;
  }

  @Override
  public QemuUserSidecarsRecord prepare(QemuUserSidecarsPlan plan) {
    return new QemuUserSidecarsRecord(SidecarMarks.of(plan.sidecars()));
  }

  @Override
  public void acquire(QemuUserSidecarsPlan plan, QemuUserSidecarsRecord held) {
    sidecars.start(plan.sidecars(), startDeadline);
  }

  @Override
  public void release(QemuUserSidecarsRecord held) {
    sidecars.end(held.marks(), stopDeadline);
  }

  @Override
  public void watch(QemuUserSidecarsRecord held, Consumer<String> onLoss) {
    sidecars.watch(held.marks(), onLoss);
  }
}
