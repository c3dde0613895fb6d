package io.drover.contracts.signature;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Believes no record that is not of the part that it names as its source, since others can write to
 * the same topics: the scheduler signs, and hosts and the gateway seal, what they say. Thread-safe.
 */
public final class SourceVerifier {
  private final @Nullable RecordVerifier scheduler;
  private final BusKeys keys;

  private SourceVerifier(@Nullable RecordVerifier scheduler, BusKeys keys) {
    this.scheduler = scheduler;
    this.keys = keys;
  }

  /**
   * Reads the schedulers' public keys.
   *
   * @param file of the public keys
   * @param setting the file's setting, for errors
   * @param keys of all other parts
   */
  public static SourceVerifier read(Path file, String setting, BusKeys keys) {
    return new SourceVerifier(RecordVerifier.read(file, setting), keys);
  }

  /** For the scheduler, which reads no record of schedulers. */
  public static SourceVerifier ofScheduler(BusKeys keys) {
    return new SourceVerifier(null, keys);
  }

  /**
   * Returns when the record is of the source that it names.
   *
   * @throws UntrustedRecordException otherwise
   */
  public void require(SignedRecord record) {
    String name =
        CloudEvents.attribute(record.headers(), "source")
            .orElseThrow(
                () ->
                    new UntrustedRecordException(
                        Reason.SOURCE,
                        "The record names no source (header ce_source); look for its writer."));
    EventSource source = source(name);
    if (source.equals(EventSource.SCHEDULER) && scheduler != null) {
      scheduler.require(record);
    } else if (!source.equals(EventSource.GATEWAY) && source.host().isEmpty()) {
      throw new UntrustedRecordException(
          Reason.SOURCE,
          "The source \"" + name + "\" writes nothing that is read here; look for its writer.");
    } else if (!keys.hasSealed(source, record)) {
      throw new UntrustedRecordException(
          Reason.SIGNATURE,
          "The record has no seal of "
              + source
              + " (header "
              + SignedRecord.HEADER
              + "); give that part its key, or look for who wrote the record.");
    }
  }

  private static EventSource source(String name) {
    try {
      EventSource source = new EventSource(URI.create(name));
      source.host(); // an agent of no host is none
      return source;
    } catch (RuntimeException e) {
      throw new UntrustedRecordException(
          Reason.SOURCE, "The record's source is none of a part; look for its writer.", e);
    }
  }
}
