package io.drover.definition.validation;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.ParseResult;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.definition.xml.SourceLocations;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for all faults of a definition, as far as no host has to be asked: what cannot be read,
 * what does not fit together, and what QEMU has no words for. Pure; for any thread.
 */
public final class Validation {
  private static final EmulatorFacts EMULATOR = EmulatorFacts.anywhere();

  private Validation() {}

  /**
   * The faults of a document, in its order.
   *
   * @param tenant whether what only operators may ask for is a fault
   * @throws ProblemException for what is no document of a domain at all
   */
  public static List<Fault> of(byte[] xml, boolean tenant) {
    ParseResult examined = DomainXml.examine(xml);
    List<Fault> all = new ArrayList<>(examined.faults());
    for (Fault fault : further(examined, tenant)) {
      if (all.stream().noneMatch(known -> follows(fault, known))) {
        all.add(examined.places().located(fault));
      }
    }
    all.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
    return List.copyOf(all);
  }

  /** The faults of a definition that was read without any; they have paths and no lines. */
  public static List<Fault> of(DomainDefinition definition, boolean tenant) {
    return further(new ParseResult(definition, List.of(), SourceLocations.NONE), tenant);
  }

  private static List<Fault> further(ParseResult examined, boolean tenant) {
    List<Fault> found = new ArrayList<>();
    if (tenant) {
      found.addAll(TenantPolicy.check(examined.definition()));
    }
    try {
      found.addAll(rules(examined.definition()));
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      if (examined.faults().isEmpty()) {
        throw e;
      }
      // What could not be read is missing for the rules; it has been reported.
    }
    return found;
  }

  private static List<Fault> rules(DomainDefinition definition) {
    List<Fault> found = PostParse.faults(definition, EMULATOR);
    return found.isEmpty() ? argv(definition) : found;
  }

  private static List<Fault> argv(DomainDefinition definition) {
    try {
      NativeArgv.of(definition.withDevices(onPaths(definition)), EMULATOR);
      return List.of();
    } catch (ProblemException e) {
      if (e.code() == ErrorCode.HOST_RESOURCE_MISSING) {
        return List.of();
      }
      Fault only = new Fault(e.code(), "/domain", 0, 0, e.problem().detail());
      return e.problem().errors().isEmpty() ? List.of(only) : e.problem().errors();
    }
  }

  /** The devices with volumes as files: where those are, only their host knows. */
  private static List<Device> onPaths(DomainDefinition definition) {
    return definition.devices().stream().map(Validation::onPath).toList();
  }

  private static Device onPath(Device device) {
    DiskImage image = device instanceof Disk disk ? disk.image() : null;
    return device instanceof Disk disk
            && image != null
            && image.source() instanceof DiskSource.PooledVolume volume
        ? disk.withImage(image.withSource(place("/" + volume.volume(), image.format())))
        : device;
  }

  private static DiskSource place(String path, @Nullable String format) {
    return "fat".equals(format) ? new DiskSource.Directory(path) : new DiskSource.File(path, null);
  }

  /** Whether a fault may be there only because its element could not be read whole. */
  private static boolean follows(Fault fault, Fault known) {
    String device = known.path().replaceFirst("^(/domain/devices/[^/]+).*", "$1");
    return known.line() > 0
        && device.startsWith("/domain/devices/")
        && (fault.path() + "/").startsWith(device + "/");
  }
}
