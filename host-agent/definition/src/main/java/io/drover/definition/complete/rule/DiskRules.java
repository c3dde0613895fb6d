package io.drover.definition.complete.rule;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.address.DrivePlaces;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a disk may be on its bus. */
final class DiskRules {
  private static final Set<String> IDE_LIKE = Set.of("ide", "sata");
  private static final Set<String> TURNING = Set.of("ide", "sata", "scsi");
  private static final Set<String> PLUGGED = Set.of("virtio", "scsi", "usb");
  private static final List<String> VIRTIO_ONLY =
      List.of("iothread", "ioeventfd", "event_idx", "queues");

  private final Faults faults;
  private final DefinitionBuilder draft;
  private final Disk disk;
  private final String bus;

  private DiskRules(Faults faults, DefinitionBuilder draft, Disk disk) {
    this.faults = faults;
    this.draft = draft;
    this.disk = disk;
    this.bus = DiskPlacement.bus(disk);
  }

  /** Rules of all disks once their buses and places are known. */
  static void check(Faults faults, DefinitionBuilder draft) {
    Set<String> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (Disk disk : draft.all(Disk.class)) {
      if (!names.add(disk.target().dev())) {
        faults.fault(disk, "The target '" + disk.target().dev() + "' is used twice.");
      }
      if (disk.info().address() instanceof Address.Drive drive
          && !places.add(DiskPlacement.bus(disk) + drive)) {
        faults.fault(disk, "Its place on the controller is used twice.");
      }
      new DiskRules(faults, draft, disk).check();
      ImageRules.check(faults, disk);
      DrivePlaces.check(faults, draft, disk);
      LunRules.check(faults, disk);
      VhostUserRules.check(faults, draft.definition(), disk);
    }
    ThrottlingRules.check(faults, draft.all(Disk.class));
  }

  private void check() {
    busOfDevice();
    details();
    driver();
    model();
    transientChanges();
    startupPolicy(disk.image());
    if (disk.info().acpiIndex() != null && !bus.equals("virtio")) {
      faults.fault(disk, "An ACPI index is for PCI devices only.");
    }
  }

  private void busOfDevice() {
    String name = disk.target().dev();
    if (bus.isEmpty()) {
      faults.fault(disk, "The name '" + name + "' stands for no bus; give target/@bus.");
    }
    if (bus.equals("ide") && draft.q35()) {
      faults.fault(
          disk, "IDE controllers are unsupported for this machine type; use sata or virtio.");
    }
    boolean floppy = disk.device().equals("floppy");
    if (floppy != bus.equals("fdc")) {
      faults.fault(disk, "A floppy is on the bus fdc, and nothing else is.");
    } else if (floppy != name.startsWith("fd")) {
      faults.fault(disk, "Floppies are named fda and fdb, and nothing else is.");
    }
    if (disk.device().equals("cdrom") && (bus.equals("virtio") || bus.equals("sd"))) {
      faults.fault(disk, "A CD-ROM cannot be on the bus " + bus + "; use sata, ide or scsi.");
    }
    boolean empty = disk.image() == null || disk.image().source() == null;
    if (bus.equals("usb") && disk.device().equals("cdrom") && empty) {
      faults.fault(
          disk,
          "A drive on the bus usb must not be empty; give it a <source>, or use bus='sata' (bus='ide'"
              + " on machines of the type pc).");
    }
    boolean fixed = disk.device().equals("disk") || disk.device().equals("lun");
    if (fixed && empty) {
      faults.fault(disk, "A disk needs a <source>; only CD-ROM and floppy drives may be empty.");
    }
    if (disk.device().equals("disk") && disk.readonly() && IDE_LIKE.contains(bus)) {
      faults.fault(disk, "A disk on the bus " + bus + " cannot be read-only; use virtio or scsi.");
    }
  }

  private void details() {
    Disk.Target target = disk.target();
    boolean medium = disk.device().equals("cdrom") || disk.device().equals("floppy");
    if ("open".equals(target.tray()) && !medium) {
      faults.fault(disk, "Only CD-ROM and floppy drives have a tray.");
    }
    if (target.removable() != null && !bus.equals("usb")) {
      faults.fault(disk, "'removable' is for disks on USB only.");
    }
    if (target.rotationRate() != null && !(TURNING.contains(bus) && disk.device().equals("disk"))) {
      faults.fault(disk, "A rotation rate is for disks on the buses scsi, sata and ide only.");
    }
    Disk.Labels labels = disk.labels();
    if (labels.wwn() != null && !bus.equals("ide") && !bus.equals("scsi")) {
      faults.fault(disk, "Only disks on the buses ide and scsi have a <wwn>.");
    }
    if ((labels.vendor() != null || labels.product() != null) && !bus.equals("scsi")) {
      faults.fault(disk, "Only disks on the bus scsi have <vendor> and <product>.");
    }
    Disk.Geometry geometry = disk.geometry();
    if (labels.serial() != null && bus.equals("sd")) {
      faults.fault(disk, "A card on the bus sd has no <serial> to give.");
    }
    if (geometry != null
        && (bus.equals("usb") || bus.equals("sd"))
        && geometry.cylinders() * geometry.heads() * geometry.sectors() != 0) {
      faults.fault(disk, "A disk on the bus " + bus + " has no geometry.");
    } else if (geometry != null && geometry.translation() != null && !bus.equals("ide")) {
      faults.fault(disk, "Only the bus ide has a translation of the geometry.");
    }
  }

  private void driver() {
    Map<String, String> driver = disk.driver();
    for (String name : VIRTIO_ONLY) {
      if (driver.containsKey(name) && !bus.equals("virtio")) {
        faults.fault(disk, "Only disks on the bus virtio have '" + name + "' in <driver>.");
      }
    }
    if (!disk.virtio().equals(VirtioOptions.NONE) && !bus.equals("virtio")) {
      faults.fault(disk, "'iommu', 'ats', 'packed' and 'page_per_vq' are for the bus virtio only.");
    }
    threads(draft.definition().vcpus(), driver.get("iothread"));
    String io = driver.get("io");
    String cache = driver.get("cache");
    if ("native".equals(io) && !"none".equals(cache) && !"directsync".equals(cache)) {
      faults.fault(disk, "io='native' needs cache='none' or 'directsync'.");
    }
    boolean medium = disk.device().equals("cdrom") || disk.device().equals("floppy");
    if ("on".equals(driver.get("copy_on_read")) && (medium || disk.readonly())) {
      faults.fault(disk, "copy_on_read writes; a drive or disk that is read-only cannot have it.");
    }
  }

  private void threads(Vcpus vcpus, @Nullable String thread) {
    if (thread != null && !vcpus.hasIothread(Integer.parseInt(thread))) {
      faults.fault(
          disk,
          "iothread "
              + thread
              + " does not exist; <iothreads> has "
              + vcpus.iothreads().size()
              + ".");
    }
  }

  private void model() {
    if (disk.model() != null && !bus.equals("virtio")) {
      faults.fault(
          disk, "The model '" + disk.model() + "' is for the bus virtio, not for " + bus + ".");
    }
  }

  private void transientChanges() {
    if (!disk.transientChanges()) {
      return;
    }
    DiskImage image = disk.image();
    if (!disk.device().equals("disk") && !disk.readonly()) {
      faults.fault(disk, "Only a device='disk' can be <transient/>.");
    } else if (image != null && !(image.source() instanceof DiskSource.File)) {
      faults.fault(disk, "Only a disk of type='file' can be <transient/>.");
    }
    if (disk.readonly()) {
      faults.fault(disk, "A <transient/> disk cannot be read-only.");
    }
    if (Boolean.TRUE.equals(disk.shareBacking()) && !PLUGGED.contains(bus)) {
      faults.fault(
          disk, "<transient shareBacking='yes'/> needs a bus that disks are plugged into.");
    }
  }

  private void startupPolicy(@Nullable DiskImage image) {
    String policy = image == null ? null : image.options().get("startupPolicy");
    if (image == null || policy == null) {
      return;
    }
    DiskSource source = image.source();
    if (source instanceof DiskSource.Network
        || source instanceof DiskSource.Nvme
        || source instanceof DiskSource.VhostUser) {
      faults.fault(disk, "startupPolicy is for files, devices and volumes of the host.");
    }
    boolean medium = disk.device().equals("cdrom") || disk.device().equals("floppy");
    if (policy.equals("requisite") && !medium) {
      faults.fault(disk, "startupPolicy='requisite' is for CD-ROM and floppy drives only.");
    }
  }
}
