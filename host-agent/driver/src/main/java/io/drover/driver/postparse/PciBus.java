package io.drover.driver.postparse;

import java.util.EnumSet;
import java.util.Set;

/** One PCI bus with its slots. */
final class PciBus {
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
          new PciBus(
              model,
              1,
              31,
              EnumSet.of(
                  SlotKind.CONVENTIONAL,
                  SlotKind.EXPRESS,
                  SlotKind.INTEGRATED,
                  SlotKind.INTEGRATED_CONVENTIONAL,
                  SlotKind.BRIDGE,
                  SlotKind.EXPANDER));
      case "pci-bridge", "dmi-to-pci-bridge", "pcie-to-pci-bridge", "pci-expander-bus" ->
          new PciBus(
              model,
              model.equals("pci-expander-bus") ? 0 : model.equals("dmi-to-pci-bridge") ? 0 : 1,
              31,
              EnumSet.of(SlotKind.CONVENTIONAL, SlotKind.BRIDGE));
      case "pcie-root" ->
          new PciBus(
              model,
              1,
              31,
              EnumSet.of(
                  SlotKind.INTEGRATED,
                  SlotKind.INTEGRATED_CONVENTIONAL,
                  SlotKind.ROOT_PORT,
                  SlotKind.EXPRESS_EXPANDER));
      case "pcie-root-port", "pcie-switch-downstream-port" ->
          new PciBus(
              model,
              0,
              0,
              EnumSet.of(
                  SlotKind.EXPRESS, SlotKind.SWITCH_UPSTREAM, SlotKind.EXPRESS_TO_CONVENTIONAL));
      case "pcie-switch-upstream-port" ->
          new PciBus(model, 0, 31, EnumSet.of(SlotKind.SWITCH_DOWNSTREAM));
      case "pcie-expander-bus" -> new PciBus(model, 0, 0, EnumSet.of(SlotKind.ROOT_PORT));
      default -> throw new IllegalStateException("Not a PCI controller model: " + model);
    };
  }

  String model() {
    return model;
  }

  boolean accepts(SlotKind kind) {
    return accepts.contains(kind);
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
