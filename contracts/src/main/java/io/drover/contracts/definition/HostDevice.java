package io.drover.contracts.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device of the host that the guest has for itself: {@code <hostdev>}.
 *
 * @param managed whether the host's driver is taken from it at the start and given back at the end
 * @param options what only some kinds have
 */
public record HostDevice(DeviceInfo info, Source source, @Nullable Boolean managed, Options options)
    implements Device {
  public HostDevice {
    info = Given.or(info, DeviceInfo.NONE);
    options = Given.or(options, Options.NONE);
  }

  /** Which device of the host it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Pci.class, name = "pci"),
    @JsonSubTypes.Type(value = Usb.class, name = "usb"),
    @JsonSubTypes.Type(value = Scsi.class, name = "scsi"),
    @JsonSubTypes.Type(value = Iscsi.class, name = "iscsi"),
    @JsonSubTypes.Type(value = ScsiHost.class, name = "scsi_host"),
    @JsonSubTypes.Type(value = Mediated.class, name = "mdev")
  })
  public sealed interface Source {}

  /** A PCI device by its address on the host. */
  public record Pci(int domain, int bus, int slot, int function) implements Source {
    /** As in {@code 0000:06:12.5}. */
    public String address() {
      return String.format("%04x:%02x:%02x.%x", domain, bus, slot, function);
    }
  }

  /**
   * A USB device by its maker's numbers, or by where it is plugged in at the time.
   *
   * @param startupPolicy mandatory, requisite or optional: what a missing device means
   * @param guestReset off, uninitialized or on: which resets of the guest reach it
   */
  public record Usb(
      @Nullable Integer vendor,
      @Nullable Integer product,
      @Nullable Integer bus,
      @Nullable Integer device,
      @Nullable String startupPolicy,
      @Nullable String guestReset)
      implements Source {
    /** The same device where it is plugged in now. */
    public Usb at(int newBus, int newDevice) {
      return new Usb(vendor, product, newBus, newDevice, startupPolicy, guestReset);
    }
  }

  /**
   * A SCSI device of one of the host's adapters.
   *
   * @param adapter as in {@code scsi_host0}
   */
  public record Scsi(String adapter, int bus, int target, long unit) implements Source {}

  /**
   * A SCSI device that the emulator itself reaches through iSCSI.
   *
   * @param name the target's, with {@code /LUN} at the end
   * @param user null for a target that wants no login
   */
  public record Iscsi(
      String name,
      String host,
      int port,
      @Nullable String initiator,
      @Nullable String user,
      @Nullable SecretReference secret)
      implements Source {}

  /**
   * A target of the host's kernel, served by vhost.
   *
   * @param wwpn as in {@code naa.5123456789abcde0}
   */
  public record ScsiHost(String wwpn) implements Source {}

  /** A part of a device that the host's driver has made. */
  public record Mediated(UUID uuid) implements Source {}

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

  public HostDevice withSource(Source value) {
    return new HostDevice(info, value, managed, options);
  }

  public HostDevice withOptions(Options value) {
    return new HostDevice(info, source, managed, value);
  }

  /** Whether it sits on a SCSI controller of the guest. */
  public boolean onScsi() {
    return source instanceof Scsi || source instanceof Iscsi;
  }
}
