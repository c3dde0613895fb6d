package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's block I/O for the domain.
 *
 * @param weight of the domain among all; null for the default
 * @param devices what holds for single devices of the host
 */
public record BlockTuning(@Nullable Integer weight, List<TunedDevice> devices) {
  public static final BlockTuning NONE = new BlockTuning(null, List.of());
  private static final List<String> LIMITS =
      List.of("weight", "read_iops_sec", "write_iops_sec", "read_bytes_sec", "write_bytes_sec");

  public BlockTuning {
    devices = Defaults.list(devices);
  }

  /** Weight, bytes and operations a second, by their names, for the device at this path. */
  public record TunedDevice(String path, Map<String, Long> limits) {
    public TunedDevice {
      limits = Defaults.map(limits);
    }
  }

  public static BlockTuning read(XmlElement domain) {
    XmlElement tune = domain.gathered("blkiotune");
    if (tune == null) {
      return NONE;
    }
    XmlElement weight = tune.child("weight");
    Long value = weight == null ? null : Numbers.ofText(weight, 0, 10_000);
    List<TunedDevice> devices = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (XmlElement element : tune.children("device")) {
      TunedDevice device = device(element);
      if (!paths.add(device.path)) {
        element.invalid("The device '" + device.path + "' occurs twice in <blkiotune>.");
      }
      devices.add(device);
    }
    return new BlockTuning(value == null ? null : (Integer) value.intValue(), devices);
  }

  private static TunedDevice device(XmlElement element) {
    String path = element.childText("path");
    if (path == null || path.isEmpty()) {
      element.invalid("<device> needs <path>.");
    }
    Map<String, Long> limits = new LinkedHashMap<>();
    for (String name : LIMITS) {
      XmlElement limit = element.child(name);
      long max = name.endsWith("iops_sec") ? 0xffff_ffffL : Long.MAX_VALUE / 2;
      Long value = limit == null ? null : Numbers.ofText(limit, 0, max);
      if (value != null) {
        limits.put(name, value);
      }
    }
    return new TunedDevice(path == null ? "" : path, limits);
  }

  public void write(XmlWriter out) {
    if (equals(NONE)) {
      return;
    }
    out.open("blkiotune").element("weight", weight);
    for (TunedDevice device : devices) {
      out.open("device").element("path", device.path);
      device.limits.forEach(out::element);
      out.close();
    }
    out.close();
  }
}
