package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All PCI buses of a domain. While planning, buses that are missing are added. */
final class PciBuses {
  private static final int MAX_BUSES = 256;
  private final List<@Nullable PciBus> buses = new ArrayList<>();
  private final boolean express;
  private final boolean planning;

  PciBuses(boolean express, boolean planning) {
    this.express = express;
    this.planning = planning;
  }

  void set(int index, String model) {
    while (buses.size() <= index) {
      buses.add(null);
    }
    buses.set(index, PciBus.of(model));
  }

  int count() {
    return buses.size();
  }

  /** Gives a model to the numbers that no controller has: those below the highest that is used. */
  void fillGaps() {
    for (int i = 0; i < buses.size(); i++) {
      if (buses.get(i) == null) {
        buses.set(i, PciBus.of(express ? "pcie-root-port" : "pci-bridge"));
      }
    }
  }

  PciBus bus(int index) {
    PciBus bus = index < buses.size() ? buses.get(index) : null;
    if (bus == null) {
      throw invalid("There is no PCI bus " + index + "; add a <controller type='pci'> for it.");
    }
    return bus;
  }

  /**
   * Takes an address that the definition gives to a device, with the buses up to it. Where the last
   * of these only leads to one that the device fits on, the device goes there.
   */
  Address.Pci take(Address.Pci given, SlotKind kind, String whose) {
    Address.Pci address = given;
    int missing = given.bus() + 1 - buses.size();
    if (planning && missing > 0) {
      int before = buses.size();
      while (buses.size() <= given.bus()) {
        grow(kind);
      }
      if (missing == 1 && buses.size() - before == 2) {
        address = given.withBus(given.bus() + 1);
      }
    }
    if (address.domain() == 0 && !bus(address.bus()).takes(kind)) {
      throw invalid(
          whose
              + " cannot be plugged into the PCI controller with index "
              + address.bus()
              + ", a "
              + bus(address.bus()).model()
              + "; it requires one that accepts "
              + kind.text()
              + ".");
    }
    take(address, kind == SlotKind.ROOT_PORT, whose);
    return address;
  }

  /** Takes a place on a bus that is there. */
  void take(Address.Pci address, boolean sharing, String whose) {
    if (address.domain() != 0) {
      throw invalid("PCI domain " + address.domain() + " does not exist; only domain 0 does.");
    }
    PciBus bus = bus(address.bus());
    if (address.slot() < bus.firstSlot() || address.slot() > bus.lastSlot()) {
      throw invalid(
          whose
              + " is at slot "
              + address.slot()
              + " of PCI bus "
              + address.bus()
              + ", a "
              + bus.model()
              + ", which has the slots "
              + bus.firstSlot()
              + " to "
              + bus.lastSlot()
              + ".");
    }
    if (!bus.isFree(address.slot(), address.function())) {
      throw invalid(
          "Attempted double use of the PCI address "
              + text(address)
              + " by "
              + whose
              + "; give it another or leave it out.");
    }
    bus.take(address.slot(), address.function(), sharing);
  }

  boolean isFree(Address.Pci address) {
    return bus(address.bus()).isFree(address.slot(), address.function());
  }

  /** The next free place for a device of this kind; root ports share slots. */
  Address.Pci next(SlotKind kind) {
    return next(kind, 0);
  }

  /** The same in a slot where nothing else is, by this function of it. */
  Address.Pci next(SlotKind kind, int function) {
    boolean sharing = kind == SlotKind.ROOT_PORT;
    for (int index = 0; index < buses.size(); index++) {
      PciBus bus = buses.get(index);
      Address.Pci found =
          bus == null || !bus.accepts(kind) ? null : free(index, bus, sharing, function);
      if (found != null && bus != null) {
        bus.take(found.slot(), found.function(), sharing);
        return found;
      }
    }
    if (!planning) {
      throw invalid(
          "No PCI slot is free for "
              + kind.text()
              + ", and a machine that runs gets no more buses; add a <controller type='pci' model='"
              + remedy(kind)
              + "'/> to the definition and start the domain again.");
    }
    int added = grow(kind);
    PciBus bus = bus(added);
    bus.take(bus.firstSlot(), function, sharing);
    return new Address.Pci(added, bus.firstSlot(), function);
  }

  /** The controller that has a place for such a device. */
  private String remedy(SlotKind kind) {
    boolean conventional = kind == SlotKind.CONVENTIONAL || kind == SlotKind.BRIDGE;
    return !express ? "pci-bridge" : conventional ? "pcie-to-pci-bridge" : "pcie-root-port";
  }

  private static Address.@Nullable Pci free(int index, PciBus bus, boolean sharing, int wanted) {
    for (int slot = bus.firstSlot(); slot <= bus.lastSlot(); slot++) {
      if (bus.isFree(slot)) {
        return new Address.Pci(index, slot, wanted);
      }
      for (int function = 0; sharing && bus.isShared(slot) && function < 8; function++) {
        if (bus.isFree(slot, function)) {
          return new Address.Pci(index, slot, function);
        }
      }
    }
    return null;
  }

  /** Adds a bus that takes devices of this kind and answers its number. */
  private int grow(SlotKind kind) {
    if (buses.size() >= MAX_BUSES) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED, "The devices need more than " + MAX_BUSES + " PCI buses.");
    }
    switch (kind) {
      case CONVENTIONAL, BRIDGE -> {
        if (express && buses.stream().noneMatch(PciBuses::takesBridges)) {
          int port = buses.size(); // of its own, even where another is free
          set(port, "pcie-root-port");
          bus(port).take(0, 0, false);
          set(buses.size(), "pcie-to-pci-bridge");
        } else {
          set(buses.size(), "pci-bridge");
        }
      }
      case EXPRESS, SWITCH_UPSTREAM, EXPRESS_TO_CONVENTIONAL -> set(buses.size(), "pcie-root-port");
      default ->
          throw invalid(
              "No PCI controller of this machine accepts " + kind.text() + "; add one that does.");
    }
    return buses.size() - 1;
  }

  private static boolean takesBridges(@Nullable PciBus bus) {
    return bus != null && bus.accepts(SlotKind.BRIDGE);
  }

  private static String text(Address.Pci address) {
    return String.format(
        "%04x:%02x:%02x.%x", address.domain(), address.bus(), address.slot(), address.function());
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(ErrorCode.INVALID_DEFINITION, detail);
  }
}
