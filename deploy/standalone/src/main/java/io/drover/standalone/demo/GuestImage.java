package io.drover.standalone.demo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a qcow2 file says of itself. */
final class GuestImage {
  private static final int MAGIC = 0x514649fb;
  private static final int SIZE_OFFSET = 24;

  private GuestImage() {}

  /** Of the whole file, as lower case hex. */
  static String sha256(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(stream, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** The size of the disk that the guest sees. */
  static long virtualBytes(Path file) throws IOException {
    try (DataInputStream stream = new DataInputStream(Files.newInputStream(file))) {
      if (stream.readInt() != MAGIC) {
        throw new IOException(file + " is no qcow2 image; build it with deploy/testguest/build");
      }
      stream.skipNBytes(SIZE_OFFSET - Integer.BYTES);
      return stream.readLong();
    }
  }
}
