package io.drover.agent.event;

import io.drover.agent.file.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * One file of the spool: frames of length, checksum and bytes. What a crash cut short at the end is
 * removed when the file is opened. A frame that the disk damaged is passed over, and kept in the
 * folder {@code damaged} for an operator to look at. Not thread-safe; the spool locks.
 */
final class Segment implements AutoCloseable {
  private static final int HEAD = 8;
  private static final int MAX_FRAME = 8 * 1024 * 1024;

  /** How many bytes one search may check: garbage that looks like frames has no end otherwise. */
  private static final long MOST_SEARCHED = 256L * 1024 * 1024;

  private static final Logger LOG = Logger.getLogger(Segment.class);

  /**
   * A whole and sound frame.
   *
   * @param at where it begins
   */
  record Frame(long at, byte[] content) {
    /** The offset behind it. */
    long behind() {
      return at + HEAD + content.length;
    }
  }

  /** A search for the next sound frame, and what it may still check. */
  private static final class Search {
    private long left = MOST_SEARCHED;

    boolean over() {
      return left < 0;
    }
  }

  private final long number;
  private final Path file;
  private final FileChannel channel;
  private long end;
  private boolean suspect;

  private Segment(long number, Path file, FileChannel channel) {
    this.number = number;
    this.file = file;
    this.channel = channel;
  }

  static Segment open(Path folder, long number) throws IOException {
    Path file = folder.resolve("%016d.spool".formatted(number));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Segment segment = new Segment(number, file, channel);
    segment.dropTornEnd();
    return segment;
  }

  long number() {
    return number;
  }

  /** The offset behind the last whole frame. */
  long end() {
    return end;
  }

  /** Whether nothing more may come behind what it has: it would be set aside with garbage. */
  boolean suspect() {
    return suspect;
  }

  void append(byte[] content) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD + content.length);
    frame.putInt(content.length).putInt(checksum(content)).put(content).flip();
    long at = end;
    while (frame.hasRemaining()) {
      at += channel.write(frame, at);
    }
    end = at;
  }

  /**
   * The first sound frame at or behind the offset; what is damaged before it is set aside. Where
   * garbage looks like frames for too long, the rest of the file is.
   */
  Optional<Frame> next(long offset) throws IOException {
    Optional<Frame> found = Optional.empty();
    Search search = new Search();
    long at = offset;
    while (found.isEmpty() && at < end && !search.over()) {
      found = read(at, end, search);
      at++;
    }
    long sound = found.map(Frame::at).orElse(end);
    if (sound > offset) {
      keepDamaged(offset, sound);
    }
    return found;
  }

  private Optional<Frame> read(long offset, long limit, Search search) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (offset + HEAD > limit || !fill(head, offset)) {
      return Optional.empty();
    }
    int length = head.getInt(0);
    if (length <= 0 || length > MAX_FRAME || offset + HEAD + length > limit) {
      return Optional.empty();
    }
    search.left -= length;
    ByteBuffer content = ByteBuffer.allocate(length);
    if (!fill(content, offset + HEAD) || checksum(content.array()) != head.getInt(4)) {
      return Optional.empty();
    }
    return Optional.of(new Frame(offset, content.array()));
  }

  private void keepDamaged(long from, long to) throws IOException {
    Path folder = DurableFile.folder(file.resolveSibling("damaged"));
    Path copy = folder.resolve("%016d-%d".formatted(number, from));
    LOG.errorf(
        "%d bytes of the spooled events at %d of %s are damaged and are not sent, they are kept in %s; check the disk,"
            + " and compare the states of this host's domains with the inventory's",
        to - from, from, file, copy);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
    fill(bytes, from);
    DurableFile.replace(copy, bytes.array());
  }

  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  private void dropTornEnd() throws IOException {
    long size = channel.size();
    long last = 0;
    long at = 0;
    Search search = new Search();
    while (at < size && !search.over()) {
      Optional<Frame> frame = read(at, size, search);
      search = frame.isPresent() ? new Search() : search;
      at = frame.map(Frame::behind).orElse(at + 1);
      last = frame.isPresent() ? at : last;
    }
    if (search.over()) {
      last = size; // whoever reads sets aside what is damaged
      suspect = true;
    }
    if (last < size) {
      LOG.warnf(
          "The last %d bytes of %s are no whole record and are removed; a crash cut the record short before its append had returned",
          size - last, file);
    }
    channel.truncate(last);
    end = last;
  }

  private boolean fill(ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
