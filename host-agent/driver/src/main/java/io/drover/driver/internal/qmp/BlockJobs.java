package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** QEMU's own long jobs on disks. */
public final class BlockJobs {
  private BlockJobs() {}

  /**
   * A job as QEMU tells of it.
   *
   * @param status as {@code running}, {@code ready}, {@code concluded}
   * @param done of {@code total}, in bytes
   * @param error why it failed; empty otherwise
   */
  public record Status(String status, long done, long total, String error) {
    /** Whether it does nothing any more; it is there until it is dismissed. */
    public boolean concluded() {
      return status.equals("concluded");
    }

    /** Whether the copy is whole, and follows what the guest writes. */
    public boolean ready() {
      return status.equals("ready");
    }
  }

  /**
   * Copies a disk's content to another node, with what the guest writes meanwhile. The job stays
   * when it has concluded, for a driver that comes later.
   *
   * @param node that the disk's device uses
   * @param bytesPerSecond a limit; 0 for none
   */
  public static QmpCommand<QmpCommand.EmptyReply> mirror(
      String job, String node, String target, long bytesPerSecond) {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("job-id", job);
    arguments.put("device", node);
    arguments.put("target", target);
    arguments.put("sync", "full");
    arguments.put("auto-dismiss", false);
    if (bytesPerSecond > 0) {
      arguments.put("speed", bytesPerSecond);
    }
    return BlockDevices.storage("blockdev-mirror", arguments);
  }

  /** The job; empty when QEMU has none of this id. */
  public static QmpCommand<Optional<Status>> find(String job) {
    return new QmpCommand<>("query-jobs", Map.of(), reply -> find(reply, job), TimeoutClass.QUERY);
  }

  private static Optional<Status> find(JsonNode reply, String job) {
    for (JsonNode each : reply) {
      if (each.path("id").asText().equals(job)) {
        return Optional.of(
            new Status(
                each.path("status").asText(),
                each.path("current-progress").asLong(),
                each.path("total-progress").asLong(),
                each.path("error").asText()));
      }
    }
    return Optional.empty();
  }

  /** Has a ready job switch the device over to the copy; the job's end tells when. */
  public static QmpCommand<QmpCommand.EmptyReply> complete(String job) {
    return BlockDevices.storage("job-complete", Map.of("id", job));
  }

  /** Asks for a job's end; the device stays where it is. */
  public static QmpCommand<QmpCommand.EmptyReply> cancel(String job) {
    return BlockDevices.storage("job-cancel", Map.of("id", job));
  }

  /** Forgets a job that has concluded. */
  public static QmpCommand<QmpCommand.EmptyReply> dismiss(String job) {
    return BlockDevices.storage("job-dismiss", Map.of("id", job));
  }
}
