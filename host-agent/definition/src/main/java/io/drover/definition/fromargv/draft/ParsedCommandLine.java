package io.drover.definition.fromargv.draft;

import io.drover.contracts.definition.QemuExtras;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition while options add to it. */
public final class ParsedCommandLine {
  /** What QEMU's machines have when nobody says. */
  private static final long DEFAULT_KIB = 128 * 1024;

  private final MutableElement domain = new MutableElement("domain");
  private final MutableElement devices = domain.add("devices");
  private final Backends backends = new Backends();
  private final Buses buses;
  private final TargetNames diskNames = new TargetNames();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> passedOn = new ArrayList<>();
  private final Map<String, MutableElement> cells = new LinkedHashMap<>();
  private final Map<Integer, String> floppyBoots = new LinkedHashMap<>();
  private final Map<String, MutableElement> remembered = new LinkedHashMap<>();
  private final Map<String, Integer> drives = new LinkedHashMap<>();
  private final LegacyNets legacyNets = new LegacyNets();
  private final List<String> lost = new ArrayList<>();
  private final Set<String> passedIds = new HashSet<>();
  private final Set<String> passedReferences = new HashSet<>();
  private final List<MutableElement> codecCards = new ArrayList<>();
  private @Nullable MutableElement lastDisplay;
  private @Nullable String watchdogAction;
  private boolean acpi = true;
  private boolean videoSaid;
  private boolean networkSaid;
  private boolean prefersSockets;
  private int passedAliases;
  private long initialKib;
  private long deviceKib;
  private final boolean q35;
  private final boolean bare;

  /**
   * @param q35 whether the machine is one with PCI Express
   * @param bare whether QEMU adds no devices of its own
   */
  public ParsedCommandLine(boolean q35, boolean bare) {
    this.q35 = q35;
    this.bare = bare;
    this.buses = new Buses(q35);
    domain.with("xmlns:qemu", QemuExtras.NAMESPACE);
  }

  /** Says that the machine is one that fills sockets before cores. */
  public void preferSockets() {
    prefersSockets = true;
  }

  public boolean prefersSockets() {
    return prefersSockets;
  }

  public MutableElement domain() {
    return domain;
  }

  public MutableElement devices() {
    return devices;
  }

  public Backends backends() {
    return backends;
  }

  public Buses buses() {
    return buses;
  }

  public TargetNames diskNames() {
    return diskNames;
  }

  public boolean q35() {
    return q35;
  }

  /** Whether QEMU adds no devices of its own: the command line says all. */
  public boolean bare() {
    return bare;
  }

  /** A feature of the machine. */
  public MutableElement feature(String name) {
    return domain.part("features").part(name);
  }

  /** A timer of the clock. */
  public MutableElement timer(String name) {
    return domain.part("clock").add("timer").with("name", name);
  }

  /** The timer that is there already; null for none. */
  public @Nullable MutableElement lastTimer(String name) {
    MutableElement[] found = new MutableElement[1];
    domain
        .part("clock")
        .each("timer", timer -> found[0] = name.equals(timer.get("name")) ? timer : found[0]);
    return found[0];
  }

  /** A NUMA cell, by its number. */
  public MutableElement cell(String id) {
    return cells.computeIfAbsent(
        id, key -> domain.part("cpu").part("numa").add("cell").with("id", key));
  }

  /** The number of the next NUMA cell. */
  public String nextCell() {
    return Integer.toString(cells.size());
  }

  /** Keeps the boot order of a floppy, which may come before the floppy itself. */
  public void floppyBoot(int unit, String order) {
    floppyBoots.put(unit, order);
  }

  /** Takes the boot order of a floppy; null for none. */
  public @Nullable String takeFloppyBoot(int unit) {
    return floppyBoots.remove(unit);
  }

  /** The memory of the machine at start. */
  public void initialKib(long kib) {
    initialKib = kib;
  }

  /** Adds memory that is a device. */
  public void deviceKib(long kib) {
    deviceKib += kib;
  }

  /** Keeps a device that others refer to. */
  public void remember(@Nullable String id, MutableElement device) {
    if (id != null) {
      remembered.put(id, device);
    }
  }

  public @Nullable MutableElement remembered(String id) {
    return remembered.get(id);
  }

  /** Keeps a card that codecs are put on. */
  public void codecCard(@Nullable String id, MutableElement card) {
    codecCards.add(card);
    remember(id == null ? "hda#" + codecCards.size() : id, card);
  }

  /** The card that has this bus; without a bus it is the first that there is, or null. */
  public @Nullable MutableElement codecCard(@Nullable String bus) {
    if (bus == null) {
      return codecCards.isEmpty() ? null : codecCards.get(0);
    }
    MutableElement named = remembered(Buses.trunk(bus));
    if (named != null || !bus.matches("hda\\.\\d{1,3}")) {
      return named;
    }
    int number = Buses.branch(bus); // those without an id are counted among themselves
    return codecCards.stream()
        .filter(
            card ->
                remembered.entrySet().stream()
                    .anyMatch(each -> each.getValue() == card && each.getKey().startsWith("hda#")))
        .skip(number)
        .findFirst()
        .orElse(null);
  }

  public void lastDisplay(MutableElement display) {
    lastDisplay = display;
  }

  public @Nullable MutableElement lastDisplay() {
    return lastDisplay;
  }

  /** The guest has no ACPI; QEMU's own machines have. */
  public void withoutAcpi() {
    acpi = false;
    domain().part("features");
  }

  public boolean acpi() {
    return acpi;
  }

  public void watchdogAction(String action) {
    watchdogAction = action;
  }

  public @Nullable String watchdogAction() {
    return watchdogAction;
  }

  /** The next number of a drive on this bus. */
  public int nextDrive(String bus) {
    return drives.merge(bus, 1, Integer::sum) - 1;
  }

  public LegacyNets legacyNets() {
    return legacyNets;
  }

  /** The command line says which graphics card there is. */
  public void videoSaid() {
    videoSaid = true;
  }

  public boolean isVideoSaid() {
    return videoSaid;
  }

  /** The command line says which network there is. */
  public void networkSaid() {
    networkSaid = true;
  }

  public boolean isNetworkSaid() {
    return networkSaid;
  }

  /** All memory: libvirt counts what devices have too. */
  public long memoryKib() {
    return (initialKib == 0 ? DEFAULT_KIB : initialKib) + deviceKib;
  }

  /** An option that nobody knows; it can be passed on as it is. */
  public void unknown(NativeOption option) {
    unknown.add(option.shown());
    passedOn.addAll(option.words());
  }

  /** The number of the I/O thread that a device names; one that does not exist is told. */
  public @Nullable String ioThread(Values values) {
    String id = values.take("iothread");
    if (id == null) {
      return null;
    }
    OptionalInt number = new IoThreadNumbers(backends.all("-object")).of(id);
    if (number.isEmpty()) {
      lost.add("-device: iothread=" + id + " without such an -object");
      return null;
    }
    return Integer.toString(number.getAsInt());
  }

  /** Whether a device that is handed on whole has this bus, or refers to that object. */
  public boolean isPassedOn(@Nullable String bus) {
    return bus != null && (passedIds.contains(bus) || passedIds.contains(Buses.trunk(bus)));
  }

  /** Whether a device that is handed on whole refers to the back end of this id. */
  public boolean isReferredTo(String id) {
    return passedReferences.contains(id);
  }

  /** A device that nobody knows; as a whole, so that it can be passed on. */
  public void unknownDevice(String driver, Values values) {
    String id = values.peek("id");
    if (id != null) {
      passedIds.add(id);
    }
    values.left().forEach(key -> passedReferences.add(String.valueOf(values.peek(key))));
    StringBuilder text = new StringBuilder(driver);
    values
        .takeLeft()
        .forEach(
            (key, value) ->
                text.append(',').append(key).append('=').append(value.replace(",", ",,")));
    unknown(new NativeOption("-device", text.toString()));
  }

  /** Parts of an option that nobody knows, and that cannot be passed on alone. */
  public void unknownParts(NativeOption option, Map<String, String> parts) {
    parts.forEach((key, value) -> lost.add(option.name() + ": " + key + "=" + value));
  }

  /**
   * Properties of a device that nobody knows; they can be set through its alias.
   *
   * @param device null when it is no device that has one
   */
  public void unknownProperties(
      String driver, @Nullable MutableElement device, Map<String, String> properties) {
    List<String> reported = device == null ? lost : unknown;
    properties.forEach(
        (key, value) -> reported.add("-device " + driver + ": " + key + "=" + value));
    if (device == null) {
      return;
    }
    String alias = device.has("alias") ? device.part("alias").get("name") : null;
    if (alias == null) {
      alias = "ua-passed" + passedAliases++;
      device.add("alias").with("name", alias);
    }
    MutableElement frontend =
        domain.part("qemu:override").add("qemu:device").with("alias", alias).add("qemu:frontend");
    properties.forEach(
        (key, value) ->
            frontend
                .add("qemu:property")
                .with("name", key)
                .with("type", type(value))
                .with("value", boolText(value)));
  }

  private static String type(String value) {
    if (value.equals("on") || value.equals("off")) {
      return "bool";
    }
    return value.matches("\\d{1,18}")
        ? "unsigned"
        : value.matches("-\\d{1,18}") ? "signed" : "string";
  }

  private static String boolText(String value) {
    return value.equals("on") ? "true" : value.equals("off") ? "false" : value;
  }

  /** What nobody knows and what cannot be passed on either. */
  public List<String> lost() {
    return lost;
  }

  public List<String> unknown() {
    return unknown;
  }

  /** The words of the options that nobody knows. */
  public List<String> passedOn() {
    return passedOn;
  }
}
