package io.drover.agent.volume;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Images of this host, one file for each SHA-256. A file has its final name only after size and
 * hash were right. The least recently used ones make room. Thread-safe.
 */
final class ImageCache {
  private static final Logger LOG = Logger.getLogger(ImageCache.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int CHUNK = 128 * 1024;

  private final Path folder;
  private final long limitBytes;
  private final InstantSource clock;
  private final Map<String, Use> uses = new HashMap<>();

  /** Where an image's content comes from. */
  interface Source {
    /** The content; the caller closes it. */
    InputStream open(ImageSource image) throws IOException;
  }

  private static final class Use {
    private int count;
  }

  ImageCache(Path folder, long limitBytes, InstantSource clock) {
    this.folder = DurableFile.folder(folder);
    this.limitBytes = limitBytes;
    this.clock = clock;
    dropHalfFetched();
  }

  /** Gives the verified file to the work, during which it is not removed. Fetches it if needed. */
  <T> T with(ImageSource image, Source source, Function<Path, T> work) {
    if (!SHA256.matcher(image.sha256()).matches() || image.sizeBytes() <= 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The image's SHA-256 or size in the command is malformed.");
    }
    Use use = begin(image.sha256());
    try {
      Path file = folder.resolve(image.sha256());
      synchronized (use) {
        if (!Files.exists(file)) {
          fetch(image, source, file);
        }
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return work.apply(file);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The image "
              + image.imageId()
              + " cannot be kept on this host; see that its disk works and has room.",
          e);
    } finally {
      end(image.sha256());
    }
  }

  private void fetch(ImageSource image, Source source, Path file) throws IOException {
    makeRoom(image.sizeBytes());
    Path part = folder.resolve(image.sha256() + ".part");
    try {
      MessageDigest digest = sha256();
      long size = copy(image, source, part, digest);
      String hash = HexFormat.of().formatHex(digest.digest());
      if (size != image.sizeBytes() || !hash.equals(image.sha256())) {
        throw new ProblemException(
            ErrorCode.STORAGE_FAILED,
            "The image "
                + image.imageId()
                + " came as "
                + size
                + " bytes with SHA-256 "
                + hash
                + " instead of "
                + image.sizeBytes()
                + " bytes with "
                + image.sha256()
                + "; import it again.");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncFolder(file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static long copy(ImageSource image, Source source, Path part, MessageDigest digest)
      throws IOException {
    long size = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = source.open(image);
        OutputStream out = Files.newOutputStream(part)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        size += read;
        if (size > image.sizeBytes()) {
          break;
        }
        digest.update(chunk, 0, read);
        out.write(chunk, 0, read);
      }
    }
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    return size;
  }

  private record Kept(Path file, long size, FileTime used) {}

  private synchronized void makeRoom(long needed) throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        kept.add(new Kept(file, attributes.size(), attributes.lastModifiedTime()));
      }
    }
    kept.sort(Comparator.comparing(Kept::used));
    long total = kept.stream().mapToLong(Kept::size).sum() + needed;
    for (Kept old : kept) {
      boolean idle = !uses.containsKey(old.file().getFileName().toString().substring(0, 64));
      if (total > limitBytes && idle) {
        Files.deleteIfExists(old.file());
        total -= old.size();
        LOG.infof("Removed image %s from the cache", old.file().getFileName());
      }
    }
    if (total > limitBytes) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "The image cache of this host may hold "
              + limitBytes
              + " bytes and would need "
              + total
              + "; raise DROVER_IMAGE_CACHE_MIB or use a smaller image.");
    }
  }

  private synchronized Use begin(String hash) {
    Use use = uses.computeIfAbsent(hash, h -> new Use());
    use.count++;
    return use;
  }

  private synchronized void end(String hash) {
    uses.computeIfPresent(hash, (h, use) -> --use.count == 0 ? null : use);
  }

  private void dropHalfFetched() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".part")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the image cache " + folder, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
