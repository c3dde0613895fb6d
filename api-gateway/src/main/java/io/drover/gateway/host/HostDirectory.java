package io.drover.gateway.host;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.IdText;
import io.drover.contracts.report.HostState;
import io.drover.contracts.report.HostState.Admission;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.request.ResourceNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The hosts as they are known, read from the database once a second at most. Thread-safe. */
@ApplicationScoped
public class HostDirectory {
  private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final KnownHosts hosts;
  private final NanoTicker ticker;
  private volatile Known known = new Known(List.of(), false, 0);

  private record Known(List<HostState> hosts, boolean read, long atNanos) {}

  HostDirectory(KnownHosts hosts, NanoTicker ticker) {
    this.hosts = hosts;
    this.ticker = ticker;
  }

  /** The host; also one that was removed. */
  public Optional<HostState> find(HostId id) {
    return known().stream().filter(host -> host.hostId().equals(id)).findFirst();
  }

  /** Those that were not removed, by name. */
  List<HostState> all() {
    return hosts.all().stream().filter(host -> host.admission() != Admission.REMOVED).toList();
  }

  /** The host of this id, or of this name where only one has it; not one that was removed. */
  HostState require(String reference) {
    List<HostState> found =
        all().stream()
            .filter(
                host ->
                    IdText.find(reference)
                        .map(host.hostId().value()::equals)
                        .orElse(host.name().equals(reference)))
            .toList();
    if (found.isEmpty()) {
      throw ResourceNames.missing("host", reference);
    }
    if (found.size() > 1) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          found.size() + " hosts are named \"" + reference + "\"; give the id of the one meant.");
    }
    return found.get(0);
  }

  private List<HostState> known() {
    Known last = known;
    long now = ticker.nanos();
    if (last.read() && now - last.atNanos() < MAX_AGE_NANOS) {
      return last.hosts();
    }
    List<HostState> read = hosts.all();
    known = new Known(read, true, now);
    return read;
  }
}
