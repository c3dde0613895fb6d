package io.drover.cli.command;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A disk image in a file.
 *
 * @param format {@code qcow2} or {@code raw}, by the first bytes
 * @param sha256 lower case hex
 */
record ImageContent(Path file, String format, String sha256) {
  private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb};
  private static final int CHUNK = 1 << 16;

  static ImageContent read(Path file, String shown) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] head = in.readNBytes(QCOW2.length);
      digest.update(head);
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      String format = Arrays.equals(head, QCOW2) ? "qcow2" : "raw";
      return new ImageContent(file, format, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchFileException e) {
      throw new CliFailure(ExitCode.USAGE, "There is no file " + shown + ".");
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, shown + " cannot be read: " + e.getMessage() + ".");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
