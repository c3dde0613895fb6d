package io.drover.contracts.definition.common;

import org.jspecify.annotations.Nullable;

/**
 * What any device may have.
 *
 * @param alias the device's name in events and commands; a user's own begins with {@code ua-}
 * @param bootOrder its place in the boot order, from 1
 * @param acpiIndex the index that the guest's firmware tables give the device
 * @param rom the PCI option ROM
 */
public record DeviceInfo(
    @Nullable String alias,
    @Nullable Address address,
    @Nullable Integer bootOrder,
    @Nullable Integer acpiIndex,
    @Nullable Rom rom) {
  public static final DeviceInfo NONE = new DeviceInfo(null, null, null, null, null);

  /**
   * @param bar {@code on} or {@code off}
   * @param enabled whether there is one at all
   */
  public record Rom(@Nullable String bar, @Nullable String file, @Nullable Boolean enabled) {}

  public DeviceInfo withAlias(String value) {
    return new DeviceInfo(value, address, bootOrder, acpiIndex, rom);
  }

  public DeviceInfo withAddress(@Nullable Address value) {
    return new DeviceInfo(alias, value, bootOrder, acpiIndex, rom);
  }

  public DeviceInfo withBootOrder(@Nullable Integer value) {
    return new DeviceInfo(alias, address, value, acpiIndex, rom);
  }

  /** The PCI address, or null when there is none or one of another kind. */
  public Address.@Nullable Pci pci() {
    return address instanceof Address.Pci pci ? pci : null;
  }
}
