package io.drover.driver.nativeform;

import io.drover.driver.nativeform.device.ControllerReading;
import io.drover.driver.nativeform.device.DisplayReading;
import io.drover.driver.nativeform.device.SmallReading;
import io.drover.driver.nativeform.draft.NativeDraft;
import io.drover.driver.nativeform.draft.OptionReader;
import io.drover.driver.nativeform.line.NativeOption;
import io.drover.driver.nativeform.line.Values;
import io.drover.driver.nativeform.machine.BootReading;
import io.drover.driver.nativeform.machine.CpuReading;
import io.drover.driver.nativeform.machine.GlobalReading;
import io.drover.driver.nativeform.machine.MachineReading;
import io.drover.driver.nativeform.memory.MemoryReading;
import io.drover.driver.nativeform.memory.NumaReading;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The one table from option to reader. */
final class OptionTable {
  /** Options that are the driver's own business, or that only shape the process. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "-S",
          "-no-user-config",
          "-nodefaults",
          "-no-shutdown",
          "-mon",
          "-msg",
          "-sandbox",
          "-add-fd",
          "-qmp",
          "-monitor",
          "-pidfile",
          "-daemonize",
          "-D",
          "-d",
          "-runas",
          "-chroot",
          "-run-with",
          "-trace",
          "-no-quit",
          "-full-screen",
          "-alt-grab",
          "-ctrl-grab",
          "-enable-sync-profile",
          "-nographic");

  private record Known(String implied, OptionReader reader) {}

  private static final Map<String, Known> KNOWN = new HashMap<>();

  static {
    put("-name", "guest", MachineReading::name);
    put("-uuid", "uuid", MachineReading::uuid);
    put("-machine", "type", MachineReading::machine);
    put("-M", "type", MachineReading::machine);
    put("-accel", "accel", MachineReading::accelerator);
    put("-enable-kvm", "", (draft, values) -> draft.domain().with("type", "kvm"));
    put("-no-acpi", "", (draft, values) -> draft.domain().part("features"));
    put("-no-hpet", "", (draft, values) -> draft.timer("hpet").with("present", "no"));
    put("-compat", "", MachineReading::compatibility);
    put("-rtc", "base", MachineReading::clock);
    put("-global", "property", GlobalReading::read);
    put("-boot", "order", BootReading::boot);
    put("-bios", "file", BootReading::rom);
    put("-kernel", "file", (draft, values) -> BootReading.file(draft, "kernel", values));
    put("-initrd", "file", (draft, values) -> BootReading.file(draft, "initrd", values));
    put("-dtb", "file", (draft, values) -> BootReading.file(draft, "dtb", values));
    put("-smbios", "file", BootReading::smbios);
    put("-acpitable", "", BootReading::table);
    put("-fw_cfg", "name", BootReading::blob);
    put("-cpu", "model", CpuReading::model);
    put("-smp", "cpus", CpuReading::count);
    put("-m", "size", MemoryReading::size);
    put("-overcommit", "", MemoryReading::overcommit);
    put("-mem-prealloc", "", MemoryReading::allocated);
    put("-mem-path", "path", MemoryReading::path);
    put("-numa", "type", NumaReading::read);
    put("-device", "driver", DeviceTable::read);
    put("-watchdog-action", "action", SmallReading::watchdogAction);
    put("-display", "type", DisplayReading::display);
    put("-vnc", "vnc", DisplayReading::vnc);
    put("-spice", "", DisplayReading::spice);
    put("-k", "keymap", DisplayReading::keymap);
    put("-vga", "type", ShortForms::vga);
    put("-usb", "", ControllerReading::usb);
    put("-usbdevice", "type", ShortForms::usbDevice);
    put("-hda", "", (draft, values) -> ShortForms.disk(draft, 0, values));
    put("-hdb", "", (draft, values) -> ShortForms.disk(draft, 1, values));
    put("-hdc", "", (draft, values) -> ShortForms.disk(draft, 2, values));
    put("-hdd", "", (draft, values) -> ShortForms.disk(draft, 3, values));
    put("-cdrom", "", ShortForms::cdrom);
    put("-fda", "", (draft, values) -> ShortForms.floppy(draft, 0, values));
    put("-fdb", "", (draft, values) -> ShortForms.floppy(draft, 1, values));
    put("-drive", "file", ShortForms::drive);
    put("-net", "type", ShortForms::net);
    put("-nic", "type", ShortForms::nic);
    put("-serial", "", (draft, values) -> ShortForms.character(draft, "serial", values));
    put("-parallel", "", (draft, values) -> ShortForms.character(draft, "parallel", values));
    put("-no-reboot", "", (draft, values) -> draft.domain().element("on_reboot", "destroy"));
  }

  private OptionTable() {}

  private static void put(String name, String implied, OptionReader reader) {
    KNOWN.put(name, new Known(implied, reader));
  }

  static boolean knows(String name) {
    return KNOWN.containsKey(name)
        || OF_THE_PROCESS.contains(name)
        || Set.of("-append", "-blockdev", "-chardev", "-netdev", "-object", "-audiodev", "-tpmdev")
            .contains(name)
        || name.equals("-fsdev");
  }

  /** Reads an option that puts up no back end. */
  static void read(NativeDraft draft, NativeOption option) {
    if (OF_THE_PROCESS.contains(option.name())) {
      return;
    }
    String text = option.value() == null ? "" : option.value();
    if (option.name().equals("-append")) {
      BootReading.commandLine(draft, text); // a text, whatever commas it has
      return;
    }
    Known known = KNOWN.get(option.name());
    if (known == null) {
      draft.unknown(option);
      return;
    }
    boolean whole =
        known.implied.isEmpty() && option.name().matches("-(hd.|fd.|cdrom|serial|parallel)");
    Values values = whole ? Values.whole(text) : Values.of(text, known.implied);
    known.reader.read(draft, values);
    if (!values.left().isEmpty()) {
      draft.unknownParts(option, values.takeLeft());
    }
  }
}
