package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskMirror;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk, CD-ROM or floppy drive.
 *
 * @param device disk, cdrom, floppy or lun
 * @param model of a virtio disk: virtio, virtio-transitional or virtio-non-transitional
 * @param image what is in it; null for an empty drive
 * @param driver {@code <driver>}'s attributes but name, type and those of virtio
 * @param shareBacking yes when several domains may run on a transient disk's image at once
 * @param mirror the block job that a running domain showed
 * @param ioTune limits by name, as in {@code total_bytes_sec}
 */
public record Disk(
    DeviceInfo info,
    String device,
    @Nullable String model,
    Target target,
    @Nullable DiskImage image,
    Map<String, String> driver,
    VirtioOptions virtio,
    Labels labels,
    boolean readonly,
    boolean shareable,
    boolean transientChanges,
    @Nullable Boolean shareBacking,
    @Nullable String snapshot,
    @Nullable String rawio,
    @Nullable String sgio,
    @Nullable Geometry geometry,
    @Nullable BlockIo blockIo,
    Map<String, Long> ioTune,
    @Nullable String ioTuneGroup,
    @Nullable DiskMirror mirror)
    implements Device {
  public Disk {
    info = Defaults.or(info, DeviceInfo.NONE);
    driver = Defaults.map(driver);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
    labels = Defaults.or(labels, Labels.NONE);
    ioTune = Defaults.map(ioTune);
  }

  /**
   * How the guest sees it.
   *
   * @param dev the name that orders the disks: vda, sda, hda, fda
   * @param bus virtio, ide, scsi, sata, fdc, usb or sd; null for the one that the name suggests
   * @param tray open or closed
   */
  public record Target(
      String dev,
      @Nullable String bus,
      @Nullable String tray,
      @Nullable String removable,
      @Nullable Integer rotationRate) {}

  /** What the disk tells the guest about itself. */
  public record Labels(
      @Nullable String serial,
      @Nullable String wwn,
      @Nullable String vendor,
      @Nullable String product) {
    static final Labels NONE = new Labels(null, null, null, null);
  }

  /** CHS geometry; {@code translation} is none, auto or lba. */
  public record Geometry(int cylinders, int heads, int sectors, @Nullable String translation) {}

  /** Block sizes and discard granularity in bytes. */
  public record BlockIo(
      @Nullable Integer logical, @Nullable Integer physical, @Nullable Long discardGranularity) {}

  @Override
  public Disk withInfo(DeviceInfo value) {
    return copy(value, target, image, driver, readonly);
  }

  public Disk withImage(@Nullable DiskImage value) {
    return copy(info, target, value, driver, readonly);
  }

  public Disk withBus(String bus) {
    Target placed = new Target(target.dev, bus, target.tray, target.removable, target.rotationRate);
    return copy(info, placed, image, driver, readonly);
  }

  public Disk withReadonly(boolean value) {
    return copy(info, target, image, driver, value);
  }

  public Disk withDriver(Map<String, String> value) {
    return copy(info, target, image, value, readonly);
  }

  /** The same disk with an image that keeps what is written to it. */
  public Disk withLastingChanges() {
    return copy(info, target, image, driver, readonly, false);
  }

  private Disk copy(
      DeviceInfo newInfo,
      Target newTarget,
      @Nullable DiskImage newImage,
      Map<String, String> newDriver,
      boolean newReadonly) {
    return copy(newInfo, newTarget, newImage, newDriver, newReadonly, transientChanges);
  }

  private Disk copy(
      DeviceInfo newInfo,
      Target newTarget,
      @Nullable DiskImage newImage,
      Map<String, String> newDriver,
      boolean newReadonly,
      boolean newTransient) {
    return new Disk(
        newInfo,
        device,
        model,
        newTarget,
        newImage,
        newDriver,
        virtio,
        labels,
        newReadonly,
        shareable,
        newTransient,
        newTransient ? shareBacking : null,
        snapshot,
        rawio,
        sgio,
        geometry,
        blockIo,
        ioTune,
        ioTuneGroup,
        mirror);
  }
}
