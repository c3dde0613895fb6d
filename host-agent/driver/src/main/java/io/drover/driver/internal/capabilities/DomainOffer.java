package io.drover.driver.internal.capabilities;

import io.drover.definition.cpu.CpuFeatures;
import io.drover.definition.cpu.CpuModels;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainCapabilities.CpuOffer;
import io.drover.driver.DomainCapabilities.FirmwareOffer;
import io.drover.driver.DomainCapabilities.NamedModel;
import io.drover.driver.Emulator;
import io.drover.driver.GuestCpus;
import io.drover.driver.HostDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a domain can have; pure. */
final class DomainOffer {
  private DomainOffer() {}

  /**
   * The capabilities of domains of this type on this machine.
   *
   * @param type qemu or kvm
   * @param cpus what the emulator has for this type
   */
  static DomainCapabilities of(
      Emulator emulator,
      Emulator.Machine machine,
      String type,
      GuestCpus cpus,
      FirmwareOffer firmware,
      HostDescription host) {
    DeviceOffers devices = new DeviceOffers(emulator, machine.name(), host);
    return new DomainCapabilities(
        emulator.path(),
        type,
        machine.name(),
        emulator.arch().equals("i386") ? "i686" : emulator.arch(),
        machine.maxCpus(),
        emulator.has("iothread"),
        firmware,
        cpu(emulator, type, cpus),
        devices.memoryBacking(),
        devices.all(),
        features(emulator),
        emulator.sev(),
        cpus.hyperv());
  }

  private static CpuOffer cpu(Emulator emulator, String type, GuestCpus cpus) {
    return new CpuOffer(
        type.equals("kvm"),
        cpus.model("max").isPresent(),
        emulator.has("cpu.migratable"),
        cpus.hostModel(false),
        cpus.models().stream()
            .filter(model -> CpuModels.x86().knows(model.name()))
            .map(DomainOffer::named)
            .toList());
  }

  private static NamedModel named(GuestCpus.Model model) {
    String vendor = CpuModels.x86().vendorOf(model.name());
    List<String> blockers = model.blockers().stream().map(CpuFeatures.x86()::fromQemu).toList();
    return new NamedModel(
        model.name(),
        model.usable().map(usable -> usable ? "yes" : "no").orElse("unknown"),
        vendor.isEmpty() ? "unknown" : vendor,
        model.deprecated(),
        blockers);
  }

  private static Map<String, Boolean> features(Emulator emulator) {
    Map<String, Boolean> features = new LinkedHashMap<>();
    features.put("gic", false);
    features.put("vmcoreinfo", emulator.has("vmcoreinfo"));
    features.put("genid", emulator.has("vmgenid"));
    features.put("backingStoreInput", true);
    features.put("backup", emulator.has("incremental-backup"));
    features.put("sev", emulator.sev().isPresent());
    features.put("sgx", false);
    return features;
  }
}
