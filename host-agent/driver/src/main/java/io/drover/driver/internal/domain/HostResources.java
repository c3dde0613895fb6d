package io.drover.driver.internal.domain;

import io.drover.driver.DriverOptions;
import io.drover.driver.internal.display.DisplayPortRecord;
import io.drover.driver.internal.display.DisplayPorts;
import io.drover.driver.internal.folder.DomainFolders;
import io.drover.driver.internal.folder.FileOwnership;
import io.drover.driver.internal.folder.FolderRecord;
import io.drover.driver.internal.folder.OwnershipRecord;
import io.drover.driver.internal.isolation.GuestNetwork;
import io.drover.driver.internal.isolation.GuestNetworkRecord;
import io.drover.driver.internal.network.BridgePortRecord;
import io.drover.driver.internal.network.BridgePorts;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceStack;
import io.drover.driver.internal.secret.DomainSecrets;
import io.drover.driver.internal.sidecar.DriverUserSidecars;
import io.drover.driver.internal.sidecar.DriverUserSidecarsRecord;
import io.drover.driver.internal.sidecar.QemuUserSidecars;
import io.drover.driver.internal.sidecar.QemuUserSidecarsRecord;
import io.drover.driver.internal.sidecar.Sidecars;
import io.drover.driver.internal.storage.OverlayRecord;
import io.drover.driver.internal.storage.TransientOverlays;
import io.drover.driver.internal.tpm.EmulatedTpms;
import io.drover.driver.internal.tpm.TpmRecord;
import java.util.List;

/** The one list of what domains hold on the host; its order is that of a start. */
final class HostResources {
  /** Of the whole list, in its order: what a journal can be read with. */
  static final List<ResourceKind<?>> KINDS =
      List.of(
          FolderRecord.KIND,
          GuestNetworkRecord.KIND,
          DisplayPortRecord.KIND,
          TpmRecord.KIND,
          DriverUserSidecarsRecord.KIND,
          OwnershipRecord.KIND,
          QemuUserSidecarsRecord.KIND,
          BridgePortRecord.KIND,
          OverlayRecord.KIND);

  private HostResources() {}

  /**
   * The list. The domain's folder is given to QEMU's user after the driver's own sidecars have made
   * their sockets in it, and before those of that user make theirs; images are that user's before
   * overlays are laid on them, because root does not open what a guest has written.
   */
  static ResourceStack of(
      DriverOptions options,
      HostProcesses processes,
      GuestNetwork guestNetwork,
      DisplayPorts displayPorts,
      EmulatedTpms tpms,
      FileOwnership ownership,
      DomainSecrets secrets) {
    Sidecars sidecars = new Sidecars(options.nanoTicker(), processes);
    return new ResourceStack(
        List.of(
            new DomainFolders(),
            guestNetwork,
            displayPorts,
            tpms,
            new DriverUserSidecars(
                sidecars, ownership, options.startDeadline(), options.stopDeadline()),
            ownership,
            new QemuUserSidecars(sidecars, options.startDeadline(), options.stopDeadline()),
            new BridgePorts(options.qemuUser()),
            new TransientOverlays(
                options.startDeadline(), options.qemuUser(), secrets::ofImage, ownership)));
  }
}
