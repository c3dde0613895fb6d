package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Tuning;
import io.drover.contracts.definition.common.SecurityLabel;
import io.drover.contracts.definition.cpu.CpuTuning;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a definition asks of its host for the domain as a whole, and no host of ours does yet. */
final class UnsupportedTuning {
  /** libvirt's own; a domain that it has run says so. */
  private static final String DEFAULT_PARTITION = "/machine";

  private UnsupportedTuning() {}

  /** What is missing, in sentences, by the path of what asks for it. */
  static Map<String, String> missing(DomainDefinition definition) {
    Map<String, String> found = new LinkedHashMap<>();
    Tuning tuning = definition.tuning();
    if (!tuning.memoryLimits().isEmpty()) {
      found.put("/domain/memtune", "This host does not limit QEMU's memory; remove <memtune>.");
    }
    if (tuning.block().weight() != null || !tuning.block().devices().isEmpty()) {
      found.put(
          "/domain/blkiotune",
          "This host does not share out its disks; use a disk's <iotune> instead of <blkiotune>.");
    }
    cpu(tuning.cpu(), found);
    if (tuning.partition() != null && !tuning.partition().equals(DEFAULT_PARTITION)) {
      found.put(
          "/domain/resource/partition",
          "This host puts no QEMU into control groups; remove <partition>.");
    }
    if (tuning.fibreChannelId() != null) {
      found.put(
          "/domain/resource/fibrechannel",
          "This host marks no traffic of Fibre Channel; remove <fibrechannel>.");
    }
    if (tuning.perfEvents().containsValue(true)) {
      found.put("/domain/perf", "This host counts no events of its CPUs; remove <perf>.");
    }
    if ("auto".equals(definition.vcpus().placement()) || "auto".equals(tuning.numa().placement())) {
      found.put(
          "/domain/vcpu/@placement",
          "This host asks no numad where to run a domain; use placement='static'.");
    }
    String onCrash = definition.lifecycle().onCrash();
    if (onCrash != null && onCrash.startsWith("coredump")) {
      found.put(
          "/domain/on_crash",
          "This host dumps no memory of crashed guests; use destroy, restart or preserve.");
    }
    definition.confinement().labels().stream()
        .map(UnsupportedTuning::label)
        .forEach(sentence -> put(found, "/domain/seclabel", sentence));
    return found;
  }

  private static void cpu(CpuTuning cpu, Map<String, String> found) {
    cpu.shares()
        .keySet()
        .forEach(
            name ->
                found.put(
                    "/domain/cputune/" + name,
                    "This host does not share out CPU time; remove <" + name + ">."));
    if (!cpu.caches().isEmpty()) {
      found.put(
          "/domain/cputune",
          "This host does not divide its caches; remove <cachetune> and <memorytune>.");
    }
  }

  private static @Nullable String label(SecurityLabel label) {
    return "static".equals(label.type())
        ? "This host gives no labels of a definition; remove the static <seclabel>."
        : null;
  }

  private static void put(Map<String, String> found, String path, @Nullable String sentence) {
    if (sentence != null) {
      found.put(path, sentence);
    }
  }
}
