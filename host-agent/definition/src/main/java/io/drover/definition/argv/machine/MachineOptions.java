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
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The machine itself: type, accelerator, memory, clock, power management, boot. */
public final class MachineOptions {
  private static final DateTimeFormatter RTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private MachineOptions() {}

  public static List<QemuOption> machine(ArgvContext placed) {
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
    boolean switchedOff = placed.layout().machineAcpi() && !features.acpi();
    append(machine, "acpi", switchedOff ? "off" : null);
    return List.of(
        new TextOption("-machine", machine.toString()),
        new TextOption("-accel", accelerator(placed, features)));
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

  public static List<QemuOption> memory(ArgvContext placed) {
    List<QemuOption> options = new ArrayList<>();
    MemorySize memory = placed.definition().memory();
    long mib = GuestNuma.present(placed) ? GuestNuma.mib(placed) : initialMib(placed);
    if (memory.maxKib() == null) {
      options.add(new TextOption("-m", Long.toString(mib)));
    } else {
      int slots = memory.maxSlots() == null ? 16 : memory.maxSlots();
      long max = (memory.maxKib() + 1023) / 1024 * 1024;
      String size = "size=" + mib * 1024 + "k,slots=" + slots + ",maxmem=" + max + "k";
      options.add(new TextOption("-m", size));
    }
    if (!GuestNuma.present(placed)) {
      options.addAll(new HostMemory(placed).main(mib << 20).options());
    }
    MemoryBacking backing = memory.backing();
    boolean locked = backing != null && backing.locked();
    options.add(new TextOption("-overcommit", "mem-lock=" + (locked ? "on" : "off")));
    return options;
  }

  /** MiB, rounded up, without what memory devices have. */
  private static long initialMib(ArgvContext placed) {
    long devices =
        placed.definition().devices(MemoryDevice.class).stream()
            .mapToLong(device -> device.target().sizeKib())
            .sum();
    return (placed.definition().memory().kib() - devices + 1023) / 1024;
  }

  public static List<QemuOption> clock(ArgvContext placed) {
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
    List<QemuOption> options = new ArrayList<>();
    options.add(new TextOption("-rtc", rtc.toString()));
    for (Clock.Timer timer : clock.timers()) {
      String policy = timer.tickPolicy();
      if (timer.name().equals("pit") && !"catchup".equals(policy)) {
        options.add(global("kvm-pit.lost_tick_policy=" + (policy == null ? "delay" : policy)));
      }
    }
    return options;
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

  public static List<QemuOption> power(ArgvContext placed) {
    DomainDefinition definition = placed.definition();
    List<QemuOption> options = new ArrayList<>();
    options.add(TextOption.flag("-no-shutdown"));
    if (!definition.features().acpi() && !placed.layout().machineAcpi()) {
      options.add(TextOption.flag("-no-acpi"));
    }
    Lifecycle lifecycle = definition.lifecycle();
    String chip = placed.q35() ? "ICH9-LPC" : "PIIX4_PM";
    options.addAll(sleep(chip + ".disable_s3", lifecycle.suspendToMemory()));
    options.addAll(sleep(chip + ".disable_s4", lifecycle.suspendToDisk()));
    Long tseg = definition.features().tsegKib();
    if (placed.q35() && tseg != null && definition.features().isOn("smm")) {
      options.add(global("mch.extended-tseg-mbytes=" + tseg / 1024));
    }
    var root = placed.controller("pci", 0);
    Long hole = root == null || root.pci() == null ? null : root.pci().hole64Kib();
    if (hole != null) {
      String host = placed.q35() ? "q35-pcihost" : "i440FX-pcihost";
      options.add(global(host + ".pci-hole64-size=" + hole + "K"));
    }
    if (!placed.q35()) {
      String hotplug = root == null || root.pci() == null ? null : root.pci().hotplug();
      if (hotplug != null) {
        options.add(global("PIIX4_PM.acpi-root-pci-hotplug=" + hotplug));
      }
    }
    return options;
  }

  private static List<QemuOption> sleep(String property, @Nullable Boolean enabled) {
    return enabled == null ? List.of() : List.of(global(property + "=" + (enabled ? 0 : 1)));
  }

  private static QemuOption global(String property) {
    return new TextOption("-global", property);
  }

  public static List<QemuOption> boot(ArgvContext placed) {
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
    List<QemuOption> options = new ArrayList<>();
    options.add(new TextOption("-boot", boot.append("strict=on").toString()));
    options.addAll(given("-kernel", os.kernel()));
    options.addAll(given("-initrd", os.initrd()));
    options.addAll(given("-append", os.commandLine()));
    options.addAll(given("-dtb", os.deviceTree()));
    if (os.acpiTable() != null) {
      String table = "sig=SLIC,file=" + TextOption.escape(os.acpiTable());
      options.add(new TextOption("-acpitable", table));
    }
    return options;
  }

  private static List<QemuOption> given(String option, @Nullable String value) {
    return value == null ? List.of() : List.of(new TextOption(option, value));
  }
}
