package io.drover.driver.internal.probe;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.AcceleratorFacts;
import io.drover.driver.Emulator;
import io.drover.driver.RejectedEmulator;
import io.drover.driver.internal.probe.ProbeCache.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the emulators of this host and what they can do, from the cache where nothing changed. */
public final class HostProbe {
  private static final Logger LOG = LoggerFactory.getLogger(HostProbe.class);
  private static final String FAILURE = "failure";
  private static final String ACCELERATORS = "accelerators";

  /**
   * Until a failed emulator is tried again, unless a domain needs it; one that has changed is tried
   * at once.
   */
  private static final Duration FAILURE_KEPT = Duration.ofHours(1);

  /** Until KVM is tried again that was no use: the host may only have been busy. */
  private static final Duration VERDICT_KEPT = Duration.ofDays(1);

  private final ProbeCache cache;
  private final EmulatorProbe emulators;
  private final AcceleratorProbe accelerators;
  private final InstantSource clock;
  private final Path scratch;
  private final List<Path> searchPath;

  /**
   * @param cacheFolder made when it is missing
   * @param scratch an existing folder with a short path, for the probes' sockets and disks
   * @param searchPath the folders to look for emulators in
   */
  public HostProbe(
      Path cacheFolder,
      Path scratch,
      List<Path> searchPath,
      InstantSource clock,
      LongSupplier nanoTicker) {
    this(cacheFolder, scratch, searchPath, new EmulatorProbe(clock), clock, nanoTicker);
  }

  HostProbe(
      Path cacheFolder,
      Path scratch,
      List<Path> searchPath,
      EmulatorProbe emulators,
      InstantSource clock,
      LongSupplier nanoTicker) {
    this.cache = new ProbeCache(cacheFolder, Path.of("/proc"));
    this.emulators = emulators;
    this.accelerators = new AcceleratorProbe(nanoTicker);
    this.clock = clock;
    this.scratch = scratch;
    this.searchPath = List.copyOf(searchPath);
  }

  /** The folders of a PATH variable, and where distributions put emulators besides. */
  public static List<Path> searchPath(String pathVariable) {
    return EmulatorFiles.searchPath(pathVariable);
  }

  /** The first emulator in the search path that answers, of each architecture. */
  public EmulatorSearch emulators() {
    List<Emulator> found = new ArrayList<>();
    List<RejectedEmulator> leftOut = new ArrayList<>();
    for (Set<Path> candidates : EmulatorFiles.in(searchPath)) {
      firstThatAnswers(candidates, leftOut).ifPresent(found::add);
    }
    if (!found.isEmpty()) {
      // A host that is left without any emulator tries all of them again.
      leftOut.forEach(this::keepFailure);
    }
    return new EmulatorSearch(found, leftOut);
  }

  /** Looks again; those that were left out are asked again at once. */
  public EmulatorSearch emulatorsAgain(List<RejectedEmulator> leftOut) {
    leftOut.forEach(each -> forgetFailure(Path.of(each.path())));
    return emulators();
  }

  private void forgetFailure(Path emulator) {
    try {
      cache.drop(FAILURE, cache.fingerprintOf(emulator));
    } catch (IOException e) {
      LOG.info("Dropping the cached probe failure of {} failed: {}", emulator, e.getMessage());
    }
  }

  private Optional<Emulator> firstThatAnswers(
      Set<Path> candidates, List<RejectedEmulator> leftOut) {
    for (Path emulator : candidates) {
      Optional<String> known = knownFailure(emulator);
      if (known.isPresent()) {
        leftOut.add(new RejectedEmulator(emulator.toString(), known.get()));
        continue;
      }
      try {
        return Optional.of(cachedEmulator(emulator));
      } catch (ProblemException | IOException e) {
        refuseWhenInterrupted(e);
        LOG.warn("The emulator {} is left out of the capabilities, its probe failed", emulator, e);
        leftOut.add(new RejectedEmulator(emulator.toString(), String.valueOf(e.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** One that hangs would cost its whole deadline at each start, so its failure is kept a while. */
  private record Failure(String reason, long untilSecond) {}

  private Optional<String> knownFailure(Path emulator) {
    try {
      return cache
          .find(FAILURE, cache.fingerprintOf(emulator), Failure.class)
          .filter(failure -> clock.instant().getEpochSecond() < failure.untilSecond())
          .map(Failure::reason);
    } catch (IOException e) {
      // The probe itself will say what is wrong with the file.
      return Optional.empty();
    }
  }

  private void keepFailure(RejectedEmulator failed) {
    Path emulator = Path.of(failed.path());
    try {
      if (knownFailure(emulator).isEmpty()) {
        long until = clock.instant().plus(FAILURE_KEPT).getEpochSecond();
        cache.keep(FAILURE, cache.fingerprintOf(emulator), new Failure(failed.reason(), until));
      }
    } catch (IOException e) {
      LOG.info("Caching the failed probe of {} failed: {}", emulator, e.getMessage());
    }
  }

  /** A driver that is being closed has learnt nothing about its emulators. */
  private static void refuseWhenInterrupted(Exception cause) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "The probe of this host was ended with its driver.", cause);
    }
  }

  /**
   * The emulator at this path, wherever it lies.
   *
   * @throws ProblemException {@code EMULATOR_UNUSABLE} with the reason
   */
  public Emulator emulator(Path path) {
    try {
      return cachedEmulator(path.toRealPath());
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE, "There is no emulator " + path + ".", e);
    }
  }

  /** What {@code kvm} and {@code tcg} are worth with this emulator. */
  public List<AcceleratorFacts> accelerators(Emulator emulator) {
    Path path = Path.of(emulator.path());
    try {
      Fingerprint fingerprint = cache.fingerprintOf(path);
      Optional<Verdict> kept =
          cache
              .find(ACCELERATORS, fingerprint, Verdict.class)
              .filter(verdict -> clock.instant().getEpochSecond() < verdict.untilSecond());
      if (kept.isPresent()) {
        return kept.get().facts();
      }
      List<AcceleratorFacts> facts = accelerators.probe(path, scratch);
      keepVerdict(fingerprint, facts);
      return facts;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.EMULATOR_UNUSABLE,
          "The emulator " + path + " cannot be read; install it again or choose another one.",
          e);
    }
  }

  /** What was found of accelerators, and when it is to be found out again. */
  private record Verdict(List<AcceleratorFacts> facts, long untilSecond) {}

  private void keepVerdict(Fingerprint fingerprint, List<AcceleratorFacts> facts) {
    boolean tcg = facts.stream().anyMatch(each -> each.name().equals("tcg") && each.usable());
    if (!tcg) {
      return; // a host where not even TCG gets through the probe in time says nothing of itself
    }
    boolean all = facts.stream().allMatch(AcceleratorFacts::usable);
    long until = all ? Long.MAX_VALUE : clock.instant().plus(VERDICT_KEPT).getEpochSecond();
    cache.keep(ACCELERATORS, fingerprint, new Verdict(facts, until));
  }

  private Emulator cachedEmulator(Path emulator) throws IOException {
    Fingerprint fingerprint = cache.fingerprintOf(emulator);
    Optional<Emulator> kept = cache.find("emulator", fingerprint, Emulator.class);
    if (kept.isPresent()) {
      return kept.get();
    }
    Path folder =
        Files.createTempDirectory(
            scratch,
            "p",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Emulator found = emulators.probe(emulator, folder);
      cache.keep("emulator", fingerprint, found);
      cache.drop(FAILURE, fingerprint);
      return found;
    } finally {
      Files.deleteIfExists(folder);
    }
  }
}
