package io.drover.driver.postparse;

/** What a device plugs into. */
enum SlotKind {
  /** A conventional PCI slot. */
  CONVENTIONAL,
  /** A PCI Express slot that devices can be plugged into. */
  EXPRESS,
  /** A place on the root complex: no plugging. */
  INTEGRATED,
  /** A place on the first bus for a conventional device that nobody unplugs. */
  INTEGRATED_CONVENTIONAL,
  ROOT_PORT,
  SWITCH_UPSTREAM,
  SWITCH_DOWNSTREAM,
  BRIDGE,
  EXPRESS_TO_CONVENTIONAL,
  EXPANDER,
  EXPRESS_EXPANDER
}
