package io.drover.contracts.definition.host;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drover.contracts.definition.common.SecretReference;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which device of the host it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HostSource.Pci.class, name = "pci"),
  @JsonSubTypes.Type(value = HostSource.Usb.class, name = "usb"),
  @JsonSubTypes.Type(value = HostSource.Scsi.class, name = "scsi"),
  @JsonSubTypes.Type(value = HostSource.Iscsi.class, name = "iscsi"),
  @JsonSubTypes.Type(value = HostSource.ScsiHost.class, name = "scsi_host"),
  @JsonSubTypes.Type(value = HostSource.Mediated.class, name = "mdev")
})
public sealed interface HostSource {
  /** A PCI device by its address on the host. */
  record Pci(int domain, int bus, int slot, int function) implements HostSource {
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
  record Usb(
      @Nullable Integer vendor,
      @Nullable Integer product,
      @Nullable Integer bus,
      @Nullable Integer device,
      @Nullable String startupPolicy,
      @Nullable String guestReset)
      implements HostSource {
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
  record Scsi(String adapter, int bus, int target, long unit) implements HostSource {}

  /**
   * A SCSI device that the emulator itself reaches through iSCSI.
   *
   * @param name the target's, with {@code /LUN} at the end
   * @param user null for a target that wants no login
   */
  record Iscsi(
      String name,
      String host,
      int port,
      @Nullable String initiator,
      @Nullable String user,
      @Nullable SecretReference secret)
      implements HostSource {}

  /**
   * A target of the host's kernel, served by vhost.
   *
   * @param wwpn as in {@code naa.5123456789abcde0}
   */
  record ScsiHost(String wwpn) implements HostSource {}

  /** A part of a device that the host's driver has made. */
  record Mediated(UUID uuid) implements HostSource {}
}
