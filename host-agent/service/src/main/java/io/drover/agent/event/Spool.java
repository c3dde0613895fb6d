package io.drover.agent.event;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.time.NanoTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A queue of records on disk. What was appended survives {@code kill -9} of the agent at once, and
 * a power cut after {@link #force}. Many threads append; one reads. A record is removed once it is
 * acknowledged; after a crash some acknowledged ones may be read again.
 */
final class Spool implements AutoCloseable {
  private static final long SEGMENT_BYTES = 8L * 1024 * 1024;

  /** How long a record that nobody waits for stays before it is read without others. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final Path folder;
  private final Path acknowledgedFile;
  private final NanoTicker ticker;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private Place read;
  private Place acknowledged;
  private boolean closed;

  /** When the first of the unread records came, if all of them are patient. */
  private @Nullable Long patientSince;

  /** A place between two records. */
  record Place(long segment, long offset) {}

  /**
   * A record and the place behind it.
   *
   * @param behind what to acknowledge once the record is sent
   */
  record Entry(SpoolRecord record, Place behind) {}

  private Spool(Path folder, NanoTicker ticker) {
    this.folder = folder;
    this.ticker = ticker;
    this.acknowledgedFile = folder.resolve("acknowledged");
    this.read = new Place(0, 0);
    this.acknowledged = read;
  }

  static Spool open(Path folder, NanoTicker ticker) {
    Spool spool = new Spool(DurableFile.folder(folder), ticker);
    try {
      spool.load();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the spool " + folder, e);
    }
    return spool;
  }

  /** Appends a record that is read at once, with all before it. */
  synchronized void append(SpoolRecord record) {
    write(record);
    patientSince = null;
    notifyAll();
  }

  /**
   * Appends a record that nobody waits for: it is read with the next that is not patient, or a
   * moment later. What tells of a start while it runs costs the start less so.
   */
  synchronized void appendPatiently(SpoolRecord record) {
    boolean first = !hasUnread();
    write(record);
    if (first) {
      patientSince = ticker.nanos();
      notifyAll();
    }
  }

  private void write(SpoolRecord record) {
    if (closed) {
      throw new IllegalStateException("The spool is closed");
    }
    try {
      Segment last = segments.getLast();
      if (last.end() >= SEGMENT_BYTES || last.suspect()) {
        last.force();
        last = Segment.open(folder, last.number() + 1);
        segments.addLast(last);
      }
      last.append(record.encode());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot append to the spool " + folder, e);
    }
  }

  /** Makes what was appended so far safe from a power cut. */
  synchronized void force() {
    try {
      segments.getLast().force();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot sync the spool " + folder, e);
    }
  }

  /** The next unread record, at once; empty when all are read, or all that are not are patient. */
  synchronized Optional<Entry> poll() {
    if (!patienceLeft().isZero()) {
      return Optional.empty();
    }
    patientSince = null;
    try {
      for (Segment segment : segments) {
        if (segment.number() < read.segment()) {
          continue;
        }
        long from = segment.number() == read.segment() ? read.offset() : 0;
        Optional<Segment.Frame> next = segment.next(from);
        read = new Place(segment.number(), next.map(Segment.Frame::behind).orElse(segment.end()));
        if (next.isPresent()) {
          return Optional.of(new Entry(SpoolRecord.decode(next.get().content()), read));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the spool " + folder, e);
    }
  }

  /** Waits for an append, a {@link #wake} or the close, at most this long. */
  synchronized void await(long millis) throws InterruptedException {
    Duration patience = patienceLeft();
    if (closed || (hasUnread() && patience.isZero())) {
      return;
    }
    wait(patience.isZero() ? millis : Math.min(millis, patience.toMillis() + 1));
  }

  private Duration patienceLeft() {
    if (patientSince == null || closed) {
      return Duration.ZERO;
    }
    Duration left = PATIENCE.minus(ticker.since(patientSince));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Ends an {@link #await}. */
  synchronized void wake() {
    notifyAll();
  }

  /** Waits until all is acknowledged, for this time at the most. */
  synchronized void awaitEmpty(Duration patience) throws InterruptedException {
    long begun = ticker.nanos();
    Duration left = patience;
    while (!closed && length() > 0 && !left.isNegative() && !left.isZero()) {
      wait(Math.max(1, left.toMillis()));
      left = patience.minus(ticker.since(begun));
    }
  }

  /** Reads again from the last acknowledged record. */
  synchronized void rewind() {
    read = acknowledged;
    patientSince = null;
  }

  /** Everything up to this place is with the broker; the space is given back. */
  synchronized void acknowledge(Place place) {
    acknowledged = place;
    notifyAll();
    try {
      Iterator<Segment> oldest = segments.iterator();
      while (oldest.hasNext()) {
        Segment segment = oldest.next();
        if (segment.number() >= place.segment() || segment == segments.getLast()) {
          break;
        }
        oldest.remove();
        segment.delete();
      }
      Files.write(
          acknowledgedFile,
          ByteBuffer.allocate(16).putLong(place.segment()).putLong(place.offset()).array());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give back space of the spool " + folder, e);
    }
  }

  /** Bytes that are not acknowledged. */
  synchronized long length() {
    return segments.stream().mapToLong(Segment::end).sum()
        - (segments.getFirst().number() == acknowledged.segment() ? acknowledged.offset() : 0);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    try {
      for (Segment segment : segments) {
        segment.force();
        segment.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the spool " + folder, e);
    }
  }

  private boolean hasUnread() {
    Segment last = segments.getLast();
    return last.number() > read.segment() || last.end() > read.offset();
  }

  private void load() throws IOException {
    List<Long> numbers;
    try (Stream<Path> files = Files.list(folder)) {
      numbers =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d{16}\\.spool"))
              .map(name -> Long.parseLong(name.substring(0, 16)))
              .sorted()
              .toList();
    }
    for (long number : numbers) {
      segments.addLast(Segment.open(folder, number));
    }
    if (segments.isEmpty()) {
      segments.addLast(Segment.open(folder, 0));
    }
    acknowledged = keptPlace().orElseGet(() -> new Place(segments.getFirst().number(), 0));
    read = acknowledged;
  }

  private Optional<Place> keptPlace() {
    return DurableFile.read(acknowledgedFile)
        .filter(bytes -> bytes.length == 16)
        .map(ByteBuffer::wrap)
        .map(bytes -> new Place(bytes.getLong(), bytes.getLong()))
        .filter(this::isInside);
  }

  private boolean isInside(Place place) {
    return segments.stream()
        .anyMatch(
            segment -> segment.number() == place.segment() && place.offset() <= segment.end());
  }
}
