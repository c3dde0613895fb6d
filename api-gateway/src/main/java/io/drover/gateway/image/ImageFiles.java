package io.drover.gateway.image;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.ImageId;
import io.drover.gateway.config.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/** Image contents in a folder: a file is there whole or not at all. Thread-safe. */
@ApplicationScoped
class ImageFiles {
  private static final int CHUNK = 128 * 1024;
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final long maxBytes;
  private final IdSource ids;
  private final InstantSource clock;

  /** A content that was written: where, how long, and its SHA-256 in lower case hex. */
  record Content(Path file, long sizeBytes, String sha256) {}

  ImageFiles(GatewayConfig config, IdSource ids, InstantSource clock) {
    this.folder = config.imageDir().toAbsolutePath();
    this.maxBytes = config.maxImageBytes();
    this.ids = ids;
    this.clock = clock;
  }

  Path of(ImageId image) {
    return folder.resolve(image + ".img");
  }

  /** Writes the content beside its place; {@link #publish} or {@link #discard} it. */
  Content receive(ImageId image, InputStream body) {
    Path part = folder.resolve(image + "." + ids.next() + ".part");
    try {
      Files.createDirectories(folder);
      sweep();
      return write(part, body);
    } catch (IOException e) {
      discard(part);
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The image content could not be stored; check the space, and that the upload was complete.",
          e);
    } catch (RuntimeException e) {
      discard(part);
      throw e;
    }
  }

  private Content write(Path part, InputStream body) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    try (FileChannel file =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        size += read;
        if (size > maxBytes) {
          throw new ProblemException(
              ErrorCode.REQUEST_TOO_LARGE,
              "The image is larger than " + maxBytes + " bytes; send a smaller one.");
        }
        digest.update(chunk, 0, read);
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
      file.force(true);
    }
    return new Content(part, size, HexFormat.of().formatHex(digest.digest()));
  }

  /** Puts the content in its place. */
  void publish(ImageId image, Content content) {
    try {
      Files.move(
          content.file(),
          of(image),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      // The name must outlast a power failure as the row does.
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      discard(content.file());
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The image content could not be moved into the image folder; check its space and rights.",
          e);
    }
  }

  /** Removes what uploads left behind that ended with their gateway; a living one writes. */
  private void sweep() throws IOException {
    Instant before = clock.instant().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "A part of an image could not be removed from the image folder; check its rights.",
          e);
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
