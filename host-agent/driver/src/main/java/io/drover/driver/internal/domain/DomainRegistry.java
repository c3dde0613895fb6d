package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.UnknownQemu;
import io.drover.driver.internal.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The domains of one root: which run, which are being started, and whose QEMU is there without a
 * journal. A domain never stands in it twice. Thread-safe.
 */
final class DomainRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(DomainRegistry.class);
  private final Path state;
  private final QemuScan scan;
  private final Map<DomainId, LocalDomain> domains = new ConcurrentHashMap<>();

  /** With their names, which may be empty. */
  private final Map<DomainId, String> reserved = new ConcurrentHashMap<>();

  /** Of domains that are being started. */
  private final Map<Path, DomainId> folders = new ConcurrentHashMap<>();

  /** No domain may be started any more. */
  private volatile boolean closed;

  /** Found at the opening: while the root is held, no other QEMU comes under it. */
  private volatile List<UnknownQemu> unknown = List.of();

  /**
   * @param state the folder that every QEMU of the root names in its arguments
   * @param scan who looks for them
   */
  DomainRegistry(Path state, QemuScan scan) {
    this.state = state;
    this.scan = scan;
  }

  void add(LocalDomain domain) {
    domains.put(domain.id(), domain);
  }

  void remove(LocalDomain domain) {
    domains.remove(domain.id(), domain);
  }

  void clear() {
    domains.clear();
  }

  Collection<LocalDomain> domains() {
    return domains.values();
  }

  Optional<LocalDomain> find(DomainId id) {
    return Optional.ofNullable(domains.get(id));
  }

  /** The domain of this name that runs, or is being started. */
  Optional<DomainId> runNamed(String name) {
    return Stream.concat(
            domains.values().stream().filter(run -> run.name().equals(name)).map(LocalDomain::id),
            reserved.entrySet().stream()
                .filter(each -> each.getValue().equals(name))
                .map(Map.Entry::getKey))
        .findFirst();
  }

  /**
   * Takes a folder for a reserved domain, unless another has it. Ids are chosen by whoever defines
   * domains, and two that are started at once may want one folder.
   */
  boolean takeFolder(DomainId id, Path folder) {
    return folders.putIfAbsent(folder, id) == null
        && domains.values().stream().noneMatch(domain -> domain.folder().equals(folder));
  }

  /**
   * Keeps a domain for one who starts or undefines it, until {@link #free}.
   *
   * @throws ProblemException {@code INVALID_STATE} when it is there already, in whatever way, or
   *     the roster is closed
   */
  void reserve(DomainId id, String name) {
    if (reserved.putIfAbsent(id, name) != null) {
      throw alreadyRuns(id, "is being started");
    }
    try {
      requireAbsent(id);
    } catch (RuntimeException e) {
      reserved.remove(id);
      throw e;
    }
  }

  void free(DomainId id) {
    folders.values().removeIf(id::equals);
    reserved.remove(id);
  }

  private void requireAbsent(DomainId id) {
    if (closed) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE, "This driver is being closed; open another one.");
    }
    if (domains.containsKey(id)) {
      throw alreadyRuns(id, "has a QEMU already");
    }
    for (UnknownQemu each : unknown) {
      if (each.domainId().equals(Optional.of(id)) && ProcessIdentity.of(each.pid()).isPresent()) {
        throw alreadyRuns(
            id, "is run by the process " + each.pid() + ", which is in no journal; end it by hand");
      }
    }
  }

  private static ProblemException alreadyRuns(DomainId id, String how) {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "Domain " + id + " " + how + "; a domain never runs twice, nor is it undefined meanwhile.");
  }

  /** Looks, once all domains were found again, who else runs under this root. */
  void scanUnknownProcesses() {
    unknown = unknownQemus();
    for (UnknownQemu each : unknown) {
      LOG.warn(
          "QEMU process {} runs under this root and is in no journal; it is not managed, end it by hand",
          each);
    }
  }

  List<UnknownQemu> unknownQemus() {
    Set<Long> known = new HashSet<>();
    domains.values().forEach(domain -> known.add(domain.pid()));
    return scan.unknown(state, known).stream()
        .filter(each -> each.domainId().map(id -> !reserved.containsKey(id)).orElse(true))
        .toList();
  }

  /** From now on no domain is reserved. */
  void close() {
    closed = true;
  }

  /**
   * Closes it if it is empty.
   *
   * @param root as the message names it
   * @throws ProblemException {@code INVALID_STATE} names the domains that run; it stays open then
   */
  void closeForPurge(Path root) {
    closed = true;
    List<String> running = new ArrayList<>();
    domains.values().forEach(domain -> running.add(domain.name()));
    reserved.keySet().forEach(id -> running.add(id + ", which is being started"));
    unknownQemus().forEach(each -> running.add("the unknown QEMU " + each.pid()));
    if (!running.isEmpty()) {
      closed = false;
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The root "
              + root
              + " is not purged while domains run: "
              + String.join(", ", running)
              + ". End them first.");
    }
  }
}
