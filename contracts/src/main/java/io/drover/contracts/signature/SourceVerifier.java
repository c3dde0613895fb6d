package io.drover.contracts.signature;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSource;
import java.nio.file.Path;

/**
 * Believes no record that names the scheduler as its source and is not signed by it: other parts
 * write to the same topics. Thread-safe.
 */
public final class SourceVerifier {
  private final RecordVerifier scheduler;

  private SourceVerifier(RecordVerifier scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Reads the schedulers' public keys.
   *
   * @param setting the file's setting, for errors
   */
  public static SourceVerifier read(Path file, String setting) {
    return new SourceVerifier(RecordVerifier.read(file, setting));
  }

  /**
   * Returns when the record says that another part is its source, or the scheduler has signed it.
   *
   * @throws ProblemException {@code FORBIDDEN} otherwise
   */
  public void require(SignedRecord record) {
    boolean schedulers =
        CloudEvents.attribute(record.headers(), "source")
            .filter(EventSource.SCHEDULER.toString()::equals)
            .isPresent();
    if (schedulers) {
      scheduler.require(record);
    }
  }
}
