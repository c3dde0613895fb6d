package io.drover.definition.fromargv;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.fromargv.character.CharacterParser;
import io.drover.definition.fromargv.device.ControllerParser;
import io.drover.definition.fromargv.device.MiscDeviceParser;
import io.drover.definition.fromargv.device.SoundParser;
import io.drover.definition.fromargv.draft.DeviceAliases;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.LegacyNets;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.ArgvRefusal;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.machine.CpuParser;
import io.drover.definition.fromargv.storage.DiskParser;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all options in an order in which what is referred to comes first. */
final class ArgvParser {
  /** Sockets of QEMU's own monitor: the driver makes its own. */
  private static final Set<String> MONITORS = Set.of("-mon", "-qmp", "-monitor", "-qmp-pretty");

  private static final String MASTER_KEY = "masterKey0";
  private static final Pattern VERSION = Pattern.compile("-(\\d{1,3})\\.(\\d{1,3})(?:\\.\\d+)?$");

  private final ParsedCommandLine draft;
  private final List<NativeOption> options;

  private ArgvParser(ParsedCommandLine draft, List<NativeOption> options) {
    this.draft = draft;
    this.options = options;
  }

  static ParsedCommandLine draft(String emulator, List<NativeOption> options) {
    boolean bare = options.stream().anyMatch(option -> option.name().equals("-nodefaults"));
    String machine = machine(options);
    boolean q35 = machine.startsWith("q35") || machine.startsWith("pc-q35");
    ParsedCommandLine draft = new ParsedCommandLine(q35, bare);
    if (fillsSockets(machine)) {
      draft.preferSockets();
    }
    draft.domain().with("type", "qemu");
    draft.devices().element("emulator", emulator);
    new ArgvParser(draft, options).read();
    return draft;
  }

  /** Hands over what nobody knows. */
  static void passOn(ParsedCommandLine draft, Map<String, String> variables) {
    if (draft.passedOn().isEmpty() && variables.isEmpty()) {
      return;
    }
    MutableElement line = draft.domain().part("qemu:commandline");
    draft.passedOn().forEach(word -> line.add("qemu:arg").with("value", word));
    variables.forEach(
        (name, value) -> line.add("qemu:env").with("name", name).with("value", value));
  }

  /** The machine's type; QEMU's own is pc. */
  private static String machine(List<NativeOption> options) {
    String found = "pc";
    for (NativeOption option : options) {
      if (option.value() != null && Set.of("-machine", "-M").contains(option.name())) {
        String type = Values.of(option.value(), "type").peek("type");
        found = type == null ? found : type;
      }
    }
    return found;
  }

  /** Since 6.2 what is not said of the CPUs goes to cores. */
  private static boolean fillsSockets(String machine) {
    Matcher version = VERSION.matcher(machine);
    if (!version.find()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major < 6 || major == 6 && Integer.parseInt(version.group(2)) < 2;
  }

  private void read() {
    for (NativeOption option : options) {
      guarded(option, () -> keep(option));
    }
    for (NativeOption option : options) {
      guarded(option, () -> beforehand(option));
    }
    Set<NativeOption> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (NativeOption option : options) {
      if (option.name().equals("-netdev")) {
        draft.networkSaid();
      }
      if (option.name().equals("-device") && isUnknown(option)) {
        guarded(option, () -> OptionTable.read(draft, option));
        done.add(option);
      }
    }
    for (NativeOption option : options) {
      if (option.name().equals("-device") && !done.contains(option) && isController(option)) {
        guarded(option, () -> OptionTable.read(draft, option));
        done.add(option);
      }
    }
    for (NativeOption option : options) {
      if (!draft.backends().isKept(option) && !done.contains(option)) {
        guarded(option, () -> OptionTable.read(draft, option));
      }
    }
    finish();
  }

  /** A number that no device can have is the user's mistake, wherever it is found. */
  private static void guarded(NativeOption option, Runnable reading) {
    try {
      reading.run();
    } catch (NumberFormatException e) {
      throw ArgvRefusal.of(
          "A number in '" + ArgvRefusal.shortened(option.shown()) + "' cannot be read.");
    } catch (ProblemException e) {
      String detail = e.problem().detail();
      if (e.code() != ErrorCode.INVALID_REQUEST || detail == null || detail.startsWith("-")) {
        throw e;
      }
      throw new ProblemException(
          e.code(), ArgvRefusal.shortened(option.shown()) + ": " + detail, e);
    }
  }

  private void keep(NativeOption option) {
    draft.backends().keep(option);
  }

  private void beforehand(NativeOption option) {
    if (option.value() == null) {
      return;
    }
    if (option.name().equals("-device")) {
      DiskParser.reserve(draft, Values.of(option.value(), "driver"));
    } else if (MONITORS.contains(option.name())) {
      Values values = Values.of(option.value(), "chardev");
      String chardev = values.peek("chardev");
      String id = chardev == null ? "" : chardev.replaceFirst("^chardev:", "");
      Values socket = draft.backends().use("-chardev", id);
      if (socket != null) {
        socket.takeLeft();
      }
    }
  }

  private static boolean isController(NativeOption option) {
    String driver = DeviceAliases.name(driver(option));
    return ControllerParser.DRIVERS.contains(GuestDeviceProps.base(driver));
  }

  /** Those that are handed on come first: what is on their buses goes with them. */
  private static boolean isUnknown(NativeOption option) {
    return option.value() != null && !DeviceTable.knows(driver(option));
  }

  private static String driver(NativeOption option) {
    String driver =
        option.value() == null ? null : Values.of(option.value(), "driver").peek("driver");
    return driver == null ? "" : driver;
  }

  private void finish() {
    CpuParser.threads(draft);
    MiscDeviceParser.evdev(draft);
    CharacterParser.forwards(draft);
    SoundParser.backends(draft);
    draft.legacyNets().finish(draft);
    masterKey();
    draft.domain().part("memory").with("unit", "KiB").holding(draft.memoryKib());
    MutableElement name = draft.domain().part("name");
    if (name.isEmpty()) {
      name.holding("qemu");
    }
    machine();
    absences();
    draft.backends().transfer(draft);
  }

  /** Each start has its own key; what is sealed with this one and not used says nothing. */
  private void masterKey() {
    for (String id : draft.backends().all("-object").keySet()) {
      Values object = draft.backends().look("-object", id);
      boolean sealed = object != null && object.is("keyid", MASTER_KEY);
      if (id.equals(MASTER_KEY) || sealed) {
        Values used = draft.backends().use("-object", id);
        if (used != null) {
          used.takeLeft();
        }
      }
    }
  }

  private void machine() {
    MutableElement type = draft.domain().part("os").part("type").with("arch", "x86_64");
    if (!type.says("machine")) {
      type.with("machine", "pc");
    }
    type.holding("hvm");
    if (draft.acpi()) {
      draft.feature("acpi");
    }
    String action = draft.watchdogAction();
    if (action != null) {
      draft.devices().each("watchdog", watchdog -> watchdog.with("action", action));
    }
  }

  /** libvirt gives a domain some devices that nobody has asked for. */
  private void absences() {
    MutableElement devices = draft.devices();
    if (!devices.has("memballoon")) {
      devices.add("memballoon").with("model", "none");
    }
    if (!devices.any("controller", controller -> "usb".equals(controller.get("type")))) {
      devices.add("controller").with("type", "usb").with("index", 0).with("model", "none");
    }
    boolean card = devices.has("video");
    boolean standard = !card && !draft.bare() && !draft.isVideoSaid();
    if (!card) {
      devices.add("video").add("model").with("type", standard ? "vga" : "none");
    }
    if (!draft.bare() && !draft.isNetworkSaid() && !devices.has("interface")) {
      devices
          .add("interface")
          .with("type", "user")
          .add("model")
          .with("type", LegacyNets.model(draft, null));
    }
  }
}
