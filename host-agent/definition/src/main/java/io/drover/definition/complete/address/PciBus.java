package io.drover.definition.complete.address;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One PCI bus with its slots. */
final class PciBus {
  private static final Set<String> NO_DEVICES =
      Set.of("pcie-switch-upstream-port", "pcie-expander-bus");

  private final String model;
  private final Set<SlotKind> accepts;
  private final int firstSlot;
  private final int lastSlot;
  private final int[] functions = new int[32];
  private final boolean[] shared = new boolean[32];

  private PciBus(String model, int firstSlot, int lastSlot, Set<SlotKind> accepts) {
    this.model = model;
    this.firstSlot = firstSlot;
    this.lastSlot = lastSlot;
    this.accepts = accepts;
  }

  static PciBus of(String model) {
    return switch (model) {
      case "pci-root" ->
          slots(
              model,
              1,
              31,
              SlotKind.CONVENTIONAL,
              SlotKind.INTEGRATED,
              SlotKind.INTEGRATED_CONVENTIONAL,
              SlotKind.BRIDGE,
              SlotKind.EXPANDER);
      case "pci-bridge", "pcie-to-pci-bridge" ->
          slots(model, 1, 31, SlotKind.CONVENTIONAL, SlotKind.BRIDGE);
      // nothing can be plugged into these two while the guest runs: bridges go there by themselves,
      // other devices only where a definition says so
      case "dmi-to-pci-bridge", "pci-expander-bus" -> slots(model, 0, 31, SlotKind.BRIDGE);
      case "pcie-root" ->
          slots(
              model,
              1,
              31,
              SlotKind.INTEGRATED,
              SlotKind.INTEGRATED_CONVENTIONAL,
              SlotKind.ROOT_PORT,
              SlotKind.DMI_BRIDGE,
              SlotKind.EXPRESS_EXPANDER);
      case "pcie-root-port", "pcie-switch-downstream-port" ->
          slots(
              model,
              0,
              0,
              SlotKind.EXPRESS,
              SlotKind.SWITCH_UPSTREAM,
              SlotKind.EXPRESS_TO_CONVENTIONAL);
      case "pcie-switch-upstream-port" -> slots(model, 0, 31, SlotKind.SWITCH_DOWNSTREAM);
      case "pcie-expander-bus" -> slots(model, 0, 31, SlotKind.ROOT_PORT, SlotKind.DMI_BRIDGE);
      default -> throw new IllegalStateException("Not a PCI controller model: " + model);
    };
  }

  private static PciBus slots(String model, int first, int last, SlotKind... accepts) {
    return new PciBus(model, first, last, EnumSet.copyOf(List.of(accepts)));
  }

  String model() {
    return model;
  }

  boolean accepts(SlotKind kind) {
    return accepts.contains(kind);
  }

  /**
   * Whether a definition may put a device of this kind here: an ordinary device of either PCI or
   * PCI Express goes wherever devices go at all.
   */
  boolean takes(SlotKind kind) {
    boolean devices = !NO_DEVICES.contains(model);
    return accepts.contains(kind) || (kind.ordinary() && devices);
  }

  int firstSlot() {
    return firstSlot;
  }

  int lastSlot() {
    return lastSlot;
  }

  boolean isFree(int slot, int function) {
    return (functions[slot] & (1 << function)) == 0;
  }

  boolean isFree(int slot) {
    return functions[slot] == 0;
  }

  /** Whether several root ports may share the slot. */
  boolean isShared(int slot) {
    return shared[slot];
  }

  int functionsOf(int slot) {
    return functions[slot];
  }

  void take(int slot, int function, boolean sharing) {
    shared[slot] = functions[slot] == 0 ? sharing : shared[slot] && sharing;
    functions[slot] |= 1 << function;
  }

  boolean isFull() {
    for (int slot = firstSlot; slot <= lastSlot; slot++) {
      if (functions[slot] == 0) {
        return false;
      }
    }
    return true;
  }
}
