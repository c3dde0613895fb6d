package io.drover.definition.complete.address;

/** What a device plugs into. */
enum SlotKind {
  /** A conventional PCI slot. */
  CONVENTIONAL("a conventional PCI device"),
  /** A PCI Express slot that devices can be plugged into. */
  EXPRESS("a PCI Express device"),
  /** A place on the root complex: no plugging. */
  INTEGRATED("an integrated device"),
  /** A place on the first bus for a conventional device that nobody unplugs. */
  INTEGRATED_CONVENTIONAL("an integrated PCI device"),
  ROOT_PORT("a pcie-root-port"),
  SWITCH_UPSTREAM("a pcie-switch-upstream-port"),
  SWITCH_DOWNSTREAM("a pcie-switch-downstream-port"),
  BRIDGE("a pci-bridge"),
  DMI_BRIDGE("a dmi-to-pci-bridge"),
  EXPRESS_TO_CONVENTIONAL("a pcie-to-pci-bridge"),
  EXPANDER("a pci-expander-bus"),
  EXPRESS_EXPANDER("a pcie-expander-bus");

  private final String text;

  SlotKind(String text) {
    this.text = text;
  }

  /** Whether it is no part of the tree of buses itself; a plain bridge counts as a device. */
  boolean ordinary() {
    return ordinal() <= INTEGRATED_CONVENTIONAL.ordinal() || this == BRIDGE;
  }

  /** What plugs in there, for messages. */
  String text() {
    return text;
  }
}
