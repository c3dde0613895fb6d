package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Clock;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Features;
import io.drover.contracts.definition.Lifecycle;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemoryBacking;
import io.drover.contracts.definition.memory.MemorySize;
import io.drover.definition.argv.memory.EncryptedMemory;
import io.drover.definition.argv.memory.GuestNuma;
import io.drover.definition.argv.memory.HostMemory;
import io.drover.definition.argv.memory.MemoryDevices;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The machine itself: type, accelerator, memory, clock, power management, boot. */
public final class MachineOptions {
  private static final DateTimeFormatter RTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private MachineOptions() {}

  public static void machine(ArgvContext placed, Arguments out) {
    DomainDefinition definition = placed.definition();
    Features features = definition.features();
    StringBuilder machine = new StringBuilder();
    machine.append(definition.os().machine()).append(",usb=off");
    append(machine, "vmport", features.switches().get("vmport"));
    append(machine, "smm", features.switches().get("smm"));
    String ioapic = features.ioapic();
    if (ioapic != null) {
      append(machine, "kernel_irqchip", ioapic.equals("qemu") ? "split" : "on");
    }
    MemoryBacking backing = definition.memory().backing();
    String core = definition.memory().dumpCore();
    append(machine, "dump-guest-core", core == null ? "off" : core);
    append(machine, "mem-merge", backing != null && backing.unshared() ? "off" : null);
    machine.append(MemoryDevices.machineOptions(placed));
    append(machine, "hmat", GuestNuma.heterogeneous(placed) ? "on" : null);
    append(machine, "memory-backend", GuestNuma.present(placed) ? null : HostMemory.MAIN_MEMORY);
    Os.Bios bios = definition.os().bios();
    boolean serial = bios != null && Boolean.TRUE.equals(bios.useSerial());
    append(machine, "graphics", serial ? "off" : null);
    machine.append(EncryptedMemory.machineOption(placed));
    machine.append(Firmware.machineOptions(placed));
    for (Clock.Timer timer : definition.clock().timers()) {
      if (timer.name().equals("hpet") && timer.present() != null) {
        append(machine, "hpet", timer.present() ? "on" : "off");
      }
    }
    out.option("-machine", machine.toString());
    out.option("-accel", accelerator(placed, features));
  }

  private static String accelerator(ArgvContext placed, Features features) {
    if (placed.kvm()) {
      String ring = features.kvm().getOrDefault("dirty-ring", "off");
      return ring.equals("off") ? "kvm" : "kvm,dirty-ring-size=" + ring;
    }
    Long cache = features.tbCacheKib();
    return cache == null ? "tcg" : "tcg,tb-size=" + cache / 1024;
  }

  private static void append(StringBuilder options, String name, @Nullable String value) {
    if (value != null) {
      options.append(',').append(name).append('=').append(value);
    }
  }

  public static void memory(ArgvContext placed, Arguments out) {
    MemorySize memory = placed.definition().memory();
    long mib = GuestNuma.present(placed) ? GuestNuma.mib(placed) : initialMib(placed);
    if (memory.maxKib() == null) {
      out.option("-m", Long.toString(mib));
    } else {
      int slots = memory.maxSlots() == null ? 16 : memory.maxSlots();
      long max = (memory.maxKib() + 1023) / 1024 * 1024;
      out.option("-m", "size=" + mib * 1024 + "k,slots=" + slots + ",maxmem=" + max + "k");
    }
    if (!GuestNuma.present(placed)) {
      new HostMemory(placed).main(mib << 20).add(out);
    }
    MemoryBacking backing = memory.backing();
    boolean locked = backing != null && backing.locked();
    out.option("-overcommit", "mem-lock=" + (locked ? "on" : "off"));
  }

  /** MiB, rounded up, without what memory devices have. */
  private static long initialMib(ArgvContext placed) {
    long devices =
        placed.definition().devices(MemoryDevice.class).stream()
            .mapToLong(device -> device.target().sizeKib())
            .sum();
    return (placed.definition().memory().kib() - devices + 1023) / 1024;
  }

  public static void clock(ArgvContext placed, Arguments out) {
    Clock clock = placed.definition().clock();
    StringBuilder rtc = new StringBuilder("base=").append(base(clock, placed.layout().now()));
    for (Clock.Timer timer : clock.timers()) {
      if (timer.name().equals("rtc")) {
        if ("guest".equals(timer.track())) {
          rtc.append(",clock=vm");
        } else if ("wall".equals(timer.track())) {
          rtc.append(",clock=host");
        } else if ("realtime".equals(timer.track())) {
          rtc.append(",clock=rt");
        }
        if ("catchup".equals(timer.tickPolicy())) {
          rtc.append(",driftfix=slew");
        }
      }
    }
    out.option("-rtc", rtc.toString());
    for (Clock.Timer timer : clock.timers()) {
      String policy = timer.tickPolicy();
      if (timer.name().equals("pit") && !"catchup".equals(policy)) {
        out.option("-global", "kvm-pit.lost_tick_policy=" + (policy == null ? "delay" : policy));
      }
    }
  }

  private static String base(Clock clock, Instant now) {
    if (clock.offset().equals("absolute") && clock.start() != null) {
      return RTC.format(LocalDateTime.ofEpochSecond(clock.start(), 0, ZoneOffset.UTC));
    }
    if (clock.offset().equals("variable")) {
      boolean local = "localtime".equals(clock.basis());
      LocalDateTime basis =
          LocalDateTime.ofInstant(now, local ? ZoneId.systemDefault() : ZoneOffset.UTC);
      return RTC.format(basis.plusSeconds(clock.adjustment() == null ? 0 : clock.adjustment()));
    }
    // the time of a zone is that of the QEMU process, which gets the zone in its environment
    return clock.offset().equals("utc") ? "utc" : "localtime";
  }

  public static void power(ArgvContext placed, Arguments out) {
    DomainDefinition definition = placed.definition();
    out.flag("-no-shutdown");
    if (!definition.features().acpi()) {
      out.flag("-no-acpi");
    }
    Lifecycle lifecycle = definition.lifecycle();
    String chip = placed.q35() ? "ICH9-LPC" : "PIIX4_PM";
    sleep(chip + ".disable_s3", lifecycle.suspendToMemory(), out);
    sleep(chip + ".disable_s4", lifecycle.suspendToDisk(), out);
    Long tseg = definition.features().tsegKib();
    if (placed.q35() && tseg != null && definition.features().isOn("smm")) {
      out.option("-global", "mch.extended-tseg-mbytes=" + tseg / 1024);
    }
    var root = placed.controller("pci", 0);
    Long hole = root == null || root.pci() == null ? null : root.pci().hole64Kib();
    if (hole != null) {
      String host = placed.q35() ? "q35-pcihost" : "i440FX-pcihost";
      out.option("-global", host + ".pci-hole64-size=" + hole + "K");
    }
    if (!placed.q35()) {
      String hotplug = root == null || root.pci() == null ? null : root.pci().hotplug();
      if (hotplug != null) {
        out.option("-global", "PIIX4_PM.acpi-root-pci-hotplug=" + hotplug);
      }
    }
  }

  private static void sleep(String property, @Nullable Boolean enabled, Arguments out) {
    if (enabled != null) {
      out.option("-global", property + "=" + (enabled ? 0 : 1));
    }
  }

  public static void boot(ArgvContext placed, Arguments out) {
    Os os = placed.definition().os();
    StringBuilder boot = new StringBuilder();
    Os.BootMenu menu = os.bootMenu();
    if (menu != null) {
      boot.append("menu=").append(menu.enabled() ? "on," : "off,");
      if (menu.enabled() && menu.timeoutMillis() != null) {
        boot.append("splash-time=").append(menu.timeoutMillis()).append(',');
      }
    }
    if (os.bios() != null && os.bios().rebootTimeout() != null) {
      boot.append("reboot-timeout=").append(os.bios().rebootTimeout()).append(',');
    }
    out.option("-boot", boot.append("strict=on").toString());
    path("-kernel", os.kernel(), out);
    path("-initrd", os.initrd(), out);
    path("-append", os.commandLine(), out);
    path("-dtb", os.deviceTree(), out);
    if (os.acpiTable() != null) {
      out.option("-acpitable", "sig=SLIC,file=" + Arguments.escape(os.acpiTable()));
    }
  }

  private static void path(String option, @Nullable String value, Arguments out) {
    if (value != null) {
      out.option(option, value);
    }
  }
}
