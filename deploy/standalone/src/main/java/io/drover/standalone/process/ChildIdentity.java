package io.drover.standalone.process;

import java.time.Instant;
import java.util.Optional;

/**
 * Which process is meant: the number and the start time together, because the kernel gives a number
 * again to another process.
 */
public record ChildIdentity(long pid, Instant startedAt) {
  /** The identity of a live process; empty when it is gone. */
  public static Optional<ChildIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(
            handle -> handle.info().startInstant().map(start -> new ChildIdentity(pid, start)));
  }

  /** The process, if it is still the same one. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(handle -> handle.info().startInstant().filter(startedAt::equals).isPresent());
  }

  /** One line of text, read back by {@link #parse}. */
  public String text() {
    return pid + " " + startedAt;
  }

  /** Reads {@link #text}; empty for what is no identity. */
  public static Optional<ChildIdentity> parse(String text) {
    String[] words = text.strip().split(" ");
    try {
      return words.length == 2
          ? Optional.of(new ChildIdentity(Long.parseLong(words[0]), Instant.parse(words[1])))
          : Optional.empty();
    } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
