package io.drover.definition.complete.builder;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A definition on its way to completion: its devices, changed in place step by step. */
public final class DefinitionBuilder {
  private final DomainDefinition definition;
  private final List<Device> devices;
  private final Map<Device, Integer> origins = new IdentityHashMap<>();

  public DefinitionBuilder(DomainDefinition definition) {
    this.definition = definition;
    this.devices = new ArrayList<>(definition.devices());
    for (int i = 0; i < devices.size(); i++) {
      origins.put(devices.get(i), i);
    }
    if (fresh(Controller.class)) {
      reorder(Controller.class, ControllerOrder.of(all(Controller.class)));
    }
  }

  public DomainDefinition definition() {
    return definition;
  }

  public boolean q35() {
    return definition.os().q35Machine();
  }

  public DomainDefinition finished() {
    return definition.withDevices(devices);
  }

  /** Whether a device of this kind has no alias yet: those of a completed definition have one. */
  public boolean fresh(Class<? extends Device> kind) {
    return devices.stream()
        .anyMatch(device -> kind.isInstance(device) && device.info().alias() == null);
  }

  public <T extends Device> List<T> all(Class<T> kind) {
    return devices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<Device> devices() {
    return List.copyOf(devices);
  }

  public List<CharacterDevice> characters(String element) {
    return all(CharacterDevice.class).stream()
        .filter(device -> device.element().equals(element))
        .toList();
  }

  public Optional<Controller> controller(String type, int index) {
    return all(Controller.class).stream()
        .filter(controller -> controller.is(type, index))
        .findFirst();
  }

  /** Replaces the device that is this very object. */
  public void replace(Device old, Device changed) {
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i) == old) {
        devices.set(i, changed);
        follow(old, changed);
        return;
      }
    }
    throw new IllegalStateException("Not a device of this draft: " + old);
  }

  public <T extends Device> void each(Class<T> kind, UnaryOperator<T> change) {
    devices.replaceAll(
        device -> {
          if (!kind.isInstance(device)) {
            return device;
          }
          T changed = change.apply(kind.cast(device));
          follow(device, changed);
          return changed;
        });
  }

  private void follow(Device old, Device changed) {
    Integer origin = origins.get(old);
    if (origin != null) {
      origins.put(changed, origin);
    }
  }

  /** The number of the device among those of the definition; -1 for one that was added. */
  public int origin(Device device) {
    return origins.getOrDefault(device, -1);
  }

  public void add(Device device) {
    devices.add(device);
  }

  public void addBefore(Device next, Device added) {
    int at = 0;
    while (at < devices.size() && devices.get(at) != next) {
      at++;
    }
    devices.add(at, added);
  }

  void remove(Device device) {
    devices.removeIf(each -> each == device);
  }

  /** Takes the devices of one kind in another order; the other devices keep their places. */
  public <T extends Device> void reorder(Class<T> kind, List<T> ordered) {
    int next = 0;
    for (int i = 0; i < devices.size(); i++) {
      if (kind.isInstance(devices.get(i))) {
        devices.set(i, ordered.get(next++));
      }
    }
  }

  /** Adds the controller unless there is one: last, as devices are placed in their order. */
  public void ensureController(String type, int index, @Nullable String model) {
    if (controller(type, index).isEmpty()) {
      devices.add(Controller.of(type, index, model));
    }
  }
}
