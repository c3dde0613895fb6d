package io.drover.driver.internal.capabilities;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.emulator.FirmwareFacts;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.CapabilityQuery;
import io.drover.driver.DomainCapabilities;
import io.drover.driver.DomainCapabilities.FirmwareOffer;
import io.drover.driver.Emulator;
import io.drover.driver.GuestCpus;
import io.drover.driver.HostCapabilities;
import io.drover.driver.HostInspection;
import io.drover.driver.internal.probe.EmulatorSearch;
import io.drover.driver.internal.probe.HostProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds out what this host can do, by asking its emulators. For any thread. */
public final class LocalInspection implements HostInspection {
  private static final String PREFERRED_MACHINE = "pc";

  private final HostProbe probe;
  private final HostReader reader;

  /**
   * @param cacheFolder what was found is kept there; made when it is missing
   * @param scratch an existing folder with a short path, for the probes' sockets and disks
   * @param searchPath the folders to look for emulators in, as {@link HostProbe#searchPath} tells
   * @param clock wall time
   * @param nanoTicker monotonic nanoseconds
   */
  public LocalInspection(
      Path cacheFolder,
      Path scratch,
      List<Path> searchPath,
      InstantSource clock,
      LongSupplier nanoTicker) {
    this.probe = new HostProbe(cacheFolder, scratch, searchPath, clock, nanoTicker);
    this.reader = new HostReader(searchPath);
  }

  @Override
  public HostCapabilities inspect() {
    return describe(probe.emulators());
  }

  /**
   * The same once more, for a host that has left emulators out: they may answer now, as when the
   * host was busy or a library was missing.
   */
  public HostCapabilities inspectAgain(HostCapabilities before) {
    return describe(probe.emulatorsAgain(before.leftOut()));
  }

  private HostCapabilities describe(EmulatorSearch search) {
    List<AcceleratorFacts> accelerators =
        search.found().stream()
            .filter(emulator -> emulator.arch().equals("x86_64"))
            .findFirst()
            .map(probe::accelerators)
            .orElse(List.of());
    return new HostCapabilities(search.found(), accelerators, search.leftOut(), reader.read());
  }

  /**
   * What {@link #inspect} has found, with this emulator too: one of each architecture is enough for
   * a search, and a definition may name another or one that lies elsewhere.
   *
   * @throws ProblemException {@code EMULATOR_UNUSABLE} when it does not answer, with the reason
   */
  public HostCapabilities with(String emulator, HostCapabilities host) {
    Emulator named = named(emulator, host);
    if (host.emulators().contains(named)) {
      return host;
    }
    List<Emulator> all = new ArrayList<>(host.emulators());
    all.add(named);
    return new HostCapabilities(all, host.accelerators(), host.leftOut(), host.host());
  }

  @Override
  public DomainCapabilities domain(CapabilityQuery query, HostCapabilities host) {
    Emulator emulator = emulator(query, host);
    String type = type(query, emulator, host);
    GuestCpus cpus =
        emulator
            .cpus(type)
            .orElseThrow(
                () -> invalid(emulator.path() + " runs no domains of type '" + type + "'."));
    Emulator.Machine machine = machine(query, emulator);
    return DomainOffer.of(emulator, machine, type, cpus, firmware(machine), host.host());
  }

  private Emulator emulator(CapabilityQuery query, HostCapabilities host) {
    if (query.emulator().isPresent()) {
      Emulator named = named(query.emulator().get(), host);
      query
          .arch()
          .filter(arch -> !qemuName(arch).equals(named.arch()))
          .ifPresent(
              arch -> {
                throw invalid(named.path() + " emulates " + named.arch() + ", not " + arch + ".");
              });
      return named;
    }
    String arch = qemuName(query.arch().orElse(host.host().arch()));
    return host.emulatorFor(arch)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.EMULATOR_UNUSABLE,
                    "No emulator for " + arch + " was found on this host; install QEMU for it."));
  }

  private Emulator named(String path, HostCapabilities host) {
    try {
      Path real = Path.of(path).toRealPath();
      return host.emulators().stream()
          .filter(each -> each.path().equals(real.toString()))
          .findFirst()
          .orElseGet(() -> probe.emulator(real));
    } catch (IOException | InvalidPathException e) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE, "There is no emulator " + path + ".", e);
    }
  }

  private static String qemuName(String arch) {
    return arch.equals("i686") ? "i386" : arch;
  }

  private static String type(CapabilityQuery query, Emulator emulator, HostCapabilities host) {
    Optional<AcceleratorFacts> kvm = host.accelerator("kvm");
    boolean usable = emulator.kvm().isPresent() && kvm.map(AcceleratorFacts::usable).orElse(false);
    String type = query.domainType().orElse(usable ? "kvm" : "qemu");
    if (type.equals("kvm") && !usable) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE,
          "Domains of type 'kvm' cannot run here: "
              + kvm.map(AcceleratorFacts::reason)
                  .filter(reason -> !reason.isEmpty())
                  .orElse(emulator.path() + " has no KVM."));
    }
    if (!type.equals("kvm") && !type.equals("qemu")) {
      throw invalid("The domain type '" + type + "' is unknown; it is qemu or kvm.");
    }
    return type;
  }

  private static Emulator.Machine machine(CapabilityQuery query, Emulator emulator) {
    if (query.machine().isPresent()) {
      String name = query.machine().get();
      return emulator
          .machine(name)
          .orElseThrow(() -> invalid(emulator.path() + " has no machine '" + name + "'."));
    }
    return emulator
        .machine(PREFERRED_MACHINE)
        .or(() -> emulator.machines().stream().findFirst())
        .orElseThrow(() -> invalid(emulator.path() + " has no machines."));
  }

  /** Those images that are there, of those that definitions can ask for by their features. */
  private static FirmwareOffer firmware(Emulator.Machine machine) {
    List<FirmwareFacts> there =
        FirmwareFacts.debian().stream()
            .filter(each -> each.machines().stream().anyMatch(machine.name()::startsWith))
            .filter(each -> Files.exists(Path.of(each.code())))
            .toList();
    return new FirmwareOffer(
        there.stream().map(FirmwareFacts::kind).distinct().sorted().toList(),
        there.stream()
            .filter(each -> each.kind().equals("efi"))
            .map(FirmwareFacts::code)
            .distinct()
            .toList(),
        there.stream().anyMatch(each -> each.features().contains("requires-smm")));
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }
}
