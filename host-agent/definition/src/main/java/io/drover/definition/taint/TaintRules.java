package io.drover.definition.taint;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.QemuExtras;
import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.contracts.definition.storage.DiskSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Finds the taints of a definition; the rules are libvirt's. Pure; for any thread. */
public final class TaintRules {
  /** What QEMU 7.2 says it will drop. */
  public static final Set<String> DEPRECATED =
      Set.of("pc-i440fx-1.4", "pc-i440fx-1.5", "pc-i440fx-1.6", "pc-i440fx-1.7");

  private TaintRules() {}

  /**
   * The taints of a domain that starts like this, in the order of the enum.
   *
   * @param completed a definition that {@code PostParse} has completed
   * @param root whether QEMU runs as root
   * @param deprecated the machines and CPU models that the emulator says it will drop
   */
  public static Set<Taint> of(DomainDefinition completed, boolean root, Set<String> deprecated) {
    EnumSet<Taint> found = EnumSet.noneOf(Taint.class);
    QemuExtras qemu = completed.qemu();
    add(found, Taint.CUSTOM_ARGV, !qemu.arguments().isEmpty() || !qemu.environment().isEmpty());
    add(
        found,
        Taint.CUSTOM_HYPERVISOR_FEATURE,
        !qemu.addedCapabilities().isEmpty() || !qemu.removedCapabilities().isEmpty());
    add(found, Taint.CUSTOM_DEVICE, !qemu.overrides().isEmpty());
    add(found, Taint.HIGH_PRIVILEGES, root);
    add(found, Taint.CUSTOM_DTB, completed.os().deviceTree() != null);
    cpu(found, completed, deprecated);
    String machine = completed.os().machine();
    add(found, Taint.DEPRECATED_CONFIG, machine != null && deprecated.contains(machine));
    completed.devices(Disk.class).forEach(disk -> disk(found, disk));
    for (HostDevice device : completed.devices(HostDevice.class)) {
      add(found, Taint.HIGH_PRIVILEGES, Boolean.TRUE.equals(device.options().rawio()));
    }
    for (NetworkInterface nic : completed.devices(NetworkInterface.class)) {
      boolean tap = nic.source() instanceof NetworkSource.Tap;
      add(found, Taint.SHELL_SCRIPTS, tap && nic.settings().script() != null);
    }
    return Collections.unmodifiableSet(found);
  }

  private static void cpu(Set<Taint> found, DomainDefinition completed, Set<String> deprecated) {
    CpuModel cpu = completed.cpu();
    if (cpu == null) {
      return;
    }
    add(found, Taint.HOST_CPU, "host-passthrough".equals(cpu.mode()));
    String model = cpu.model();
    add(found, Taint.DEPRECATED_CONFIG, model != null && deprecated.contains(model));
  }

  private static void disk(Set<Taint> found, Disk disk) {
    add(found, Taint.HIGH_PRIVILEGES, "yes".equals(disk.rawio()));
    add(
        found,
        Taint.CDROM_PASSTHROUGH,
        disk.device().equals("cdrom")
            && disk.image() != null
            && disk.image().source() instanceof DiskSource.Block);
  }

  private static void add(Set<Taint> found, Taint taint, boolean when) {
    if (when) {
      found.add(taint);
    }
  }
}
