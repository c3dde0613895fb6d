package io.drover.definition.fromargv;

import io.drover.definition.fromargv.device.ControllerParser;
import io.drover.definition.fromargv.device.DisplayParser;
import io.drover.definition.fromargv.device.MiscDeviceParser;
import io.drover.definition.fromargv.draft.OptionReader;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.machine.BootParser;
import io.drover.definition.fromargv.machine.CpuParser;
import io.drover.definition.fromargv.machine.GlobalParser;
import io.drover.definition.fromargv.machine.MachineParser;
import io.drover.definition.fromargv.memory.MemoryParser;
import io.drover.definition.fromargv.memory.NumaParser;
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
    put("-name", "guest", MachineParser::name);
    put("-uuid", "uuid", MachineParser::uuid);
    put("-machine", "type", MachineParser::machine);
    put("-M", "type", MachineParser::machine);
    put("-accel", "accel", MachineParser::accelerator);
    put("-enable-kvm", "", (draft, values) -> draft.domain().with("type", "kvm"));
    put("-no-acpi", "", (draft, values) -> draft.withoutAcpi());
    put("-no-hpet", "", (draft, values) -> draft.timer("hpet").with("present", "no"));
    put("-compat", "", MachineParser::compatibility);
    put("-rtc", "base", MachineParser::clock);
    put("-global", "property", GlobalParser::read);
    put("-boot", "order", BootParser::boot);
    put("-bios", "file", BootParser::rom);
    put("-kernel", "file", (draft, values) -> BootParser.file(draft, "kernel", values));
    put("-initrd", "file", (draft, values) -> BootParser.file(draft, "initrd", values));
    put("-dtb", "file", (draft, values) -> BootParser.file(draft, "dtb", values));
    put("-smbios", "file", BootParser::smbios);
    put("-acpitable", "", BootParser::table);
    put("-fw_cfg", "name", BootParser::blob);
    put("-cpu", "model", CpuParser::model);
    put("-smp", "cpus", CpuParser::count);
    put("-m", "size", MemoryParser::size);
    put("-overcommit", "", MemoryParser::overcommit);
    put("-mem-prealloc", "", MemoryParser::allocated);
    put("-mem-path", "path", MemoryParser::path);
    put("-numa", "type", NumaParser::read);
    put("-device", "driver", DeviceTable::read);
    put("-watchdog-action", "action", MiscDeviceParser::watchdogAction);
    put("-display", "type", DisplayParser::display);
    put("-vnc", "vnc", DisplayParser::vnc);
    put("-spice", "", DisplayParser::spice);
    put("-k", "keymap", DisplayParser::keymap);
    put("-vga", "type", ShortForms::vga);
    put("-usb", "", ControllerParser::usb);
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
  static void read(ParsedCommandLine draft, NativeOption option) {
    if (OF_THE_PROCESS.contains(option.name())) {
      return;
    }
    String text = option.value() == null ? "" : option.value();
    if (option.name().equals("-append")) {
      BootParser.commandLine(draft, text); // a text, whatever commas it has
      return;
    }
    Known known = KNOWN.get(option.name());
    if (known == null) {
      draft.unknown(option);
      return;
    }
    boolean whole =
        known.implied.isEmpty() && option.name().matches("-(hd.|fd.|cdrom|serial|parallel)");
    Values values = (whole ? Values.whole(text) : Values.of(text, known.implied)).of(option);
    known.reader.read(draft, values);
    if (!values.left().isEmpty()) {
      draft.unknownParts(option, values.takeLeft());
    }
  }
}
