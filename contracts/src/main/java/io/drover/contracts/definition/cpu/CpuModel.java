package io.drover.contracts.definition.cpu;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.memory.NumaCell;
import io.drover.contracts.definition.memory.NumaInterconnect;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code <cpu>}: the CPU that the guest sees.
 *
 * @param mode custom, host-model, host-passthrough or maximum; null with a topology alone
 * @param match minimum, exact or strict
 * @param model the name of custom's model
 * @param vendorId what the guest is told of the vendor, twelve characters
 * @param numa the guest's NUMA cells; empty for none
 * @param interconnects how fast the cells reach one another
 * @param features by name: force, require, optional, disable or forbid
 * @param cache {@code mode} and {@code level} of the cache, if set
 */
public record CpuModel(
    @Nullable String mode,
    @Nullable String match,
    @Nullable String check,
    @Nullable String migratable,
    @Nullable String model,
    @Nullable String fallback,
    @Nullable String vendor,
    @Nullable String vendorId,
    @Nullable PhysicalBits physicalBits,
    @Nullable Topology topology,
    Map<String, String> cache,
    Map<String, String> features,
    List<NumaCell> numa,
    List<NumaInterconnect> interconnects) {
  public CpuModel {
    cache = Defaults.map(cache);
    features = Defaults.map(features);
    numa = Defaults.list(numa);
    interconnects = Defaults.list(interconnects);
  }

  /**
   * How wide guest physical addresses are.
   *
   * @param mode emulate or passthrough
   * @param bits the width, of emulate
   */
  public record PhysicalBits(String mode, @Nullable Integer bits) {}

  public record Topology(int sockets, int dies, int cores, int threads) {
    public long cpus() {
      return (long) sockets * dies * cores * threads;
    }
  }

  public CpuModel withFeatures(Map<String, String> value) {
    return new CpuModel(
        mode,
        match,
        check,
        migratable,
        model,
        fallback,
        vendor,
        vendorId,
        physicalBits,
        topology,
        cache,
        value,
        numa,
        interconnects);
  }

  public CpuModel withNuma(List<NumaCell> value) {
    return new CpuModel(
        mode,
        match,
        check,
        migratable,
        model,
        fallback,
        vendor,
        vendorId,
        physicalBits,
        topology,
        cache,
        features,
        value,
        interconnects);
  }
}
