package io.drover.definition.fromargv.machine;

import io.drover.definition.fromargv.device.ControllerParser;
import io.drover.definition.fromargv.device.LinkParser;
import io.drover.definition.fromargv.device.SoundParser;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.memory.MemoryDeviceParser;
import io.drover.definition.fromargv.memory.MemoryParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** The machine itself: name, type, accelerator, switches, clock. */
public final class MachineParser {
  private static final List<String> SWITCHES = List.of("vmport", "smm");

  private static final Map<String, String> TRACKS =
      Map.of("vm", "guest", "host", "wall", "rt", "realtime");

  private MachineParser() {}

  public static void name(ParsedCommandLine draft, Values values) {
    draft.domain().part("name").holding(values.take("guest", "qemu"));
    values.take("debug-threads");
    values.take("process");
  }

  public static void uuid(ParsedCommandLine draft, Values values) {
    draft.domain().element("uuid", values.take("uuid"));
  }

  public static void machine(ParsedCommandLine draft, Values values) {
    String type = values.take("type");
    if (type != null) {
      draft.domain().part("os").part("type").with("machine", type);
    }
    accelerator(draft, values, "accel");
    if (values.takeOn("usb")) {
      ControllerParser.usb(draft, values);
    }
    for (String name : SWITCHES) {
      String state = values.takeOnOff(name);
      if (state != null) {
        draft.feature(name).with("state", state);
      }
    }
    interrupts(draft, values, "kernel_irqchip");
    interrupts(draft, values, "kernel-irqchip");
    String core = values.takeOnOff("dump-guest-core");
    if ("on".equals(core)) {
      draft.domain().part("memory").with("dumpCore", "on");
    }
    if ("off".equals(values.takeOnOff("mem-merge"))) {
      draft.domain().part("memoryBacking").part("nosharepages");
    }
    values.take("nvdimm"); // said by the devices
    values.take("hmat"); // said by the cells
    if ("off".equals(values.takeOnOff("acpi"))) {
      draft.withoutAcpi();
    }
    String hpet = values.takeOnOff("hpet");
    if (hpet != null) {
      draft.timer("hpet").with("present", hpet.equals("on") ? "yes" : "no");
    }
    if ("off".equals(values.takeOnOff("graphics"))) {
      draft.domain().part("os").part("bios").with("useserial", "yes");
    }
    BootParser.flash(draft, values);
    MemoryParser.machine(draft, values);
    MemoryDeviceParser.enclaves(draft, values);
    LinkParser.encryption(draft, values.take("confidential-guest-support"));
    String speaker = values.take("pcspk-audiodev");
    if (speaker != null) {
      SoundParser.audio(draft.devices().add("sound").with("model", "pcspk"), speaker);
    }
  }

  private static void interrupts(ParsedCommandLine draft, Values values, String key) {
    String chip = values.peek(key);
    if ("split".equals(chip) || "on".equals(chip)) {
      values.take(key);
      draft.feature("ioapic").with("driver", "split".equals(chip) ? "qemu" : "kvm");
    }
  }

  public static void accelerator(ParsedCommandLine draft, Values values) {
    accelerator(draft, values, "accel");
    Long cache = values.takeNumber("tb-size");
    if (cache != null) {
      draft.feature("tcg").part("tb-cache").with("unit", "MiB").holding(cache);
    }
    String ring = values.take("dirty-ring-size");
    if (ring != null) {
      draft.feature("kvm").part("dirty-ring").with("state", "on").with("size", ring);
    }
  }

  /** One of several is enough: they are tried in turn. */
  private static void accelerator(ParsedCommandLine draft, Values values, String key) {
    String names = values.peek(key);
    if (names != null && names.matches("kvm(:tcg)?|tcg")) {
      values.take(key);
      draft.domain().with("type", names.startsWith("kvm") ? "kvm" : "qemu");
    }
  }

  public static void compatibility(ParsedCommandLine draft, Values values) {
    String output = values.take("deprecated-output", "accept");
    String input = values.take("deprecated-input", "accept");
    String behavior = input.equals("accept") ? (output.equals("hide") ? "omit" : "none") : input;
    draft.domain().part("qemu:deprecation").with("behavior", behavior);
  }

  public static void clock(ParsedCommandLine draft, Values values) {
    String base = values.take("base", "utc");
    MutableElement clock = draft.domain().part("clock");
    if (base.equals("utc") || base.equals("localtime")) {
      clock.with("offset", base);
    } else {
      try {
        long start = LocalDateTime.parse(base.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
        clock.with("offset", "absolute").with("start", start);
      } catch (DateTimeParseException e) {
        clock.with("offset", "utc");
        values.keep("base", base);
      }
    }
    String source = values.peek("clock");
    String track = source == null ? null : TRACKS.get(source);
    if (track != null) {
      values.take("clock");
      draft.timer("rtc").with("track", track);
    }
    if (values.is("driftfix", "slew")) {
      values.take("driftfix");
      MutableElement known = draft.lastTimer("rtc");
      (known == null ? draft.timer("rtc") : known).with("tickpolicy", "catchup");
    } else if (values.is("driftfix", "none")) {
      values.take("driftfix");
    }
  }
}
