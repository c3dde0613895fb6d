package io.drover.driver.internal.capabilities;

import io.drover.definition.cpu.CpuFacts;
import io.drover.definition.cpu.CpuFeatures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The first processor of {@code /proc/cpuinfo}. */
final class CpuInfo {
  private final Map<String, String> lines = new HashMap<>();

  CpuInfo(List<String> text) {
    for (String line : text) {
      if (line.isBlank()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
  }

  /** Empty when it is no x86 processor. */
  Optional<CpuFacts> facts() {
    String vendorId = lines.get("vendor_id");
    String flags = lines.get("flags");
    if (vendorId == null || flags == null) {
      return Optional.empty();
    }
    String vendor = CpuFacts.vendor(vendorId);
    return Optional.of(
        new CpuFacts(
            vendor,
            (int) number("cpu family"),
            (int) number("model"),
            (int) number("stepping"),
            CpuFeatures.x86().fromLinux(List.of(flags.split(" ")), vendor)));
  }

  OptionalLong microcode() {
    return lines.containsKey("microcode")
        ? OptionalLong.of(number("microcode"))
        : OptionalLong.empty();
  }

  OptionalInt physicalBits() {
    String sizes = lines.getOrDefault("address sizes", "");
    int end = sizes.indexOf(" bits physical");
    return end > 0
        ? OptionalInt.of(Integer.parseInt(sizes.substring(0, end)))
        : OptionalInt.empty();
  }

  boolean has(String flag) {
    return List.of(lines.getOrDefault("flags", "").split(" ")).contains(flag);
  }

  private long number(String name) {
    String text = lines.getOrDefault(name, "");
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      // Old processors and hypervisors write "unknown".
      return 0;
    }
  }
}
