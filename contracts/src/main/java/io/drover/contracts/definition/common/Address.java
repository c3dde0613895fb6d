package io.drover.contracts.definition.common;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Where a device sits on its bus. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Address.Pci.class, name = "pci"),
  @JsonSubTypes.Type(value = Address.Drive.class, name = "drive"),
  @JsonSubTypes.Type(value = Address.VirtioSerial.class, name = "virtio-serial"),
  @JsonSubTypes.Type(value = Address.Usb.class, name = "usb"),
  @JsonSubTypes.Type(value = Address.Isa.class, name = "isa"),
  @JsonSubTypes.Type(value = Address.Ccid.class, name = "ccid"),
  @JsonSubTypes.Type(value = Address.Dimm.class, name = "dimm"),
  @JsonSubTypes.Type(value = Address.Unassigned.class, name = "unassigned")
})
public sealed interface Address {
  /**
   * @param multifunction {@code on} or {@code off} when the definition says so
   */
  record Pci(int domain, int bus, int slot, int function, @Nullable String multifunction)
      implements Address {
    public Pci(int bus, int slot, int function) {
      this(0, bus, slot, function, null);
    }

    public Pci withBus(int value) {
      return new Pci(domain, value, slot, function, multifunction);
    }

    public Pci withMultifunction(@Nullable String value) {
      return new Pci(domain, bus, slot, function, value);
    }
  }

  record Drive(int controller, int bus, int target, int unit) implements Address {}

  record VirtioSerial(int controller, int bus, int port) implements Address {}

  /**
   * @param port the port, with the ports of hubs before it: {@code 1.2}; null when still to assign
   */
  record Usb(int bus, @Nullable String port) implements Address {}

  record Isa(@Nullable Integer iobase, @Nullable Integer irq) implements Address {}

  record Ccid(int controller, int slot) implements Address {}

  record Dimm(int slot, @Nullable Long base) implements Address {}

  /** Nowhere: the host's device is taken and the guest does not get it. */
  record Unassigned() implements Address {}
}
