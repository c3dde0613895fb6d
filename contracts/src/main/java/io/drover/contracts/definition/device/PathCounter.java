package io.drover.contracts.definition.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The element paths of devices that are visited in order. */
public final class PathCounter {
  /** The elements that are not named as their classes are. */
  private static final Map<Class<? extends Device>, String> ELEMENTS =
      Map.of(
          NetworkInterface.class, "interface",
          Balloon.class, "memballoon",
          MemoryDevice.class, "memory",
          RedirectedDevice.class, "redirdev",
          RedirectionFilter.class, "redirfilter",
          SharedMemory.class, "shmem",
          HostDevice.class, "hostdev");

  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  public PathCounter(List<Device> devices) {
    devices.forEach(device -> counts.merge(element(device), 1, Integer::sum));
  }

  public String next(Device device) {
    String element = element(device);
    int number = seen.merge(element, 1, Integer::sum);
    boolean alone = counts.getOrDefault(element, 1) == 1;
    return "/domain/devices/" + element + (alone ? "" : "[" + number + "]");
  }

  private static String element(Device device) {
    String own = ELEMENTS.get(device.getClass());
    if (own != null) {
      return own;
    }
    if (device instanceof CharacterDevice character) {
      return character.element();
    }
    return device.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
