package io.drover.agent.host;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.EventSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who this host is.
 *
 * @param epoch grows with each start of the agent, also of one that is installed anew: the seconds
 *     since 1970, or one more than the last; commands that were sent before the agent's journal of
 *     commands was made are refused
 */
public record HostIdentity(HostId id, String name, long epoch) {
  /** The CloudEvents source of what this agent says. */
  public EventSource source() {
    return EventSource.hostAgent(id);
  }

  /**
   * Reads the identity that the folder keeps and begins a new epoch, durably.
   *
   * @param configuredId the id that the operator gave; it must be the one that the folder has
   */
  public static HostIdentity begin(
      Path folder, Optional<String> configuredId, String name, IdSource ids, InstantSource clock) {
    Path idFile = folder.resolve("host-id");
    Path epochFile = folder.resolve("epoch");
    Optional<HostId> kept = DurableFile.read(idFile).map(HostIdentity::text).map(HostId::parse);
    Optional<HostId> given = configuredId.filter(id -> !id.isBlank()).map(HostId::parse);
    if (kept.isPresent() && given.isPresent() && !kept.equals(given)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The root belongs to host "
              + kept.get()
              + ", DROVER_HOST_ID says "
              + given.get()
              + "; use that host's root, or unset DROVER_HOST_ID.");
    }
    HostId id = given.or(() -> kept).orElseGet(() -> new HostId(ids.next()));
    if (kept.isEmpty()) {
      DurableFile.replace(idFile, bytes(id.toString()));
    }
    long last = DurableFile.read(epochFile).map(HostIdentity::text).map(Long::parseLong).orElse(0L);
    long epoch = Math.max(last + 1, clock.instant().getEpochSecond());
    DurableFile.replace(epochFile, bytes(Long.toString(epoch)));
    return new HostIdentity(id, name, epoch);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
