package io.drover.driver.internal.journal;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.display.DisplayPortRecord;
import io.drover.driver.internal.folder.FolderRecord;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.folder.OwnershipRecord;
import io.drover.driver.internal.network.BridgePortRecord;
import io.drover.driver.internal.process.CleanupManifest;
import io.drover.driver.internal.resource.ResourceRecord;
import io.drover.driver.internal.sidecar.DriverUserSidecarsRecord;
import io.drover.driver.internal.storage.OverlayRecord;
import io.drover.driver.internal.storage.TransientOverlay;
import io.drover.driver.internal.tpm.TpmRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * The resources of a domain that an older driver has started: its status file names the owners of
 * files alone; sidecars and taps stand in lists beside the domain's folder, the rest in its
 * definition.
 */
final class OlderResources {
  private OlderResources() {}

  static List<ResourceRecord> of(
      DomainId id, Path folder, DomainDefinition definition, List<OriginalOwner> owners) {
    return List.of(
        new FolderRecord(folder),
        DisplayPortRecord.of(id, definition),
        new TpmRecord(id, String.valueOf(folder.getFileName())),
        new DriverUserSidecarsRecord(new CleanupManifest(folder, CleanupManifest.SIDECARS).read()),
        new OwnershipRecord(owners),
        new BridgePortRecord(new CleanupManifest(folder, CleanupManifest.TAPS).read()),
        new OverlayRecord(TransientOverlay.filesOf(definition)));
  }
}
