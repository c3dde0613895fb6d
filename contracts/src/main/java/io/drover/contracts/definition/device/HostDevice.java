package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.host.HostSource;
import org.jspecify.annotations.Nullable;

/**
 * A device of the host that the guest has for itself: {@code <hostdev>}.
 *
 * @param managed whether the host's driver is taken from it at the start and given back at the end
 * @param options what only some kinds have
 */
public record HostDevice(
    DeviceInfo info, HostSource source, @Nullable Boolean managed, Options options)
    implements Device {
  public HostDevice {
    info = Defaults.or(info, DeviceInfo.NONE);
    options = Defaults.or(options, Options.NONE);
  }

  /**
   * What only some kinds have.
   *
   * @param model of mdev: vfio-pci, vfio-ap or vfio-ccw; of scsi_host: virtio and its kin
   * @param driver of pci: vfio
   * @param display of mdev: whether its screen is shown; on or off
   * @param ramfb of mdev: whether it has a screen for the firmware; on or off
   * @param rawio whether raw SCSI commands are allowed
   * @param sgio filtered or unfiltered
   * @param persistentAlias the interface that stands in while this one is away
   */
  public record Options(
      @Nullable String model,
      @Nullable String driver,
      @Nullable String display,
      @Nullable String ramfb,
      @Nullable Boolean rawio,
      @Nullable String sgio,
      boolean readonly,
      boolean shareable,
      @Nullable String persistentAlias) {
    public static final Options NONE =
        new Options(null, null, null, null, null, null, false, false, null);

    public Options withDisplay(String value) {
      return new Options(
          model, driver, value, ramfb, rawio, sgio, readonly, shareable, persistentAlias);
    }
  }

  @Override
  public HostDevice withInfo(DeviceInfo value) {
    return new HostDevice(value, source, managed, options);
  }

  public HostDevice withSource(HostSource value) {
    return new HostDevice(info, value, managed, options);
  }

  public HostDevice withOptions(Options value) {
    return new HostDevice(info, source, managed, value);
  }

  /** Whether it sits on a SCSI controller of the guest. */
  public boolean onScsi() {
    return source instanceof HostSource.Scsi || source instanceof HostSource.Iscsi;
  }
}
