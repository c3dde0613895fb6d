package io.drover.driver.internal.folder;

import io.drover.driver.internal.process.CleanupManifest;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;

/** The folders of domains: made by planning, removed with all that QEMU's user has put there. */
public final class DomainFolders implements HostResource<FolderPlan, FolderRecord> {
  @Override
  public Class<FolderPlan> planType() {
    return FolderPlan.class;
  }

  @Override
  public ResourceKind<FolderRecord> kind() {
    return FolderRecord.KIND;
  }

  @Override
  public boolean acquiredByPlanning() {
    return true;
  }

  @Override
  public FolderRecord prepare(FolderPlan plan) {
    return new FolderRecord(plan.folder().path());
  }

  @Override
  public void acquire(FolderPlan plan, FolderRecord held) {
    // planning has made it
  }

  @Override
  public void release(FolderRecord held) {
    new DomainFolder(held.folder()).remove();
    CleanupManifest.of(held.folder()).forEach(CleanupManifest::remove);
  }
}
