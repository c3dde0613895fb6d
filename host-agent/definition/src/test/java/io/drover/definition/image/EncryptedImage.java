package io.drover.definition.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes LUKS images for tests by the real {@code qemu-img}.
 *
 * <p>QEMU measures how fast the CPU derives keys by the CPU's clock, which is too coarse for it now
 * and then: that one failure is tried again, as the driver does.
 */
public final class EncryptedImage {
  private static final String COARSE_CLOCK = "Unable to get accurate CPU usage";
  private static final int TRIES = 10;
  private static final int DEADLINE_SECONDS = 60;

  private EncryptedImage() {}

  /**
   * Makes an image, over one that is there.
   *
   * @param format {@code luks} (raw inside) or {@code qcow2}
   * @throws IOException with what {@code qemu-img} said
   */
  public static void create(Path image, String format, String passphrase, long bytes)
      throws IOException {
    String prefix = format.equals("luks") ? "" : "encrypt.";
    String kind = prefix.isEmpty() ? "" : "encrypt.format=luks,";
    List<String> command =
        List.of(
            "qemu-img",
            "create",
            "-q",
            "-f",
            format,
            "--object",
            "secret,id=s,format=raw,file=/dev/stdin",
            "-o",
            "%s%skey-secret=s,%siter-time=10,%shash-alg=sha512"
                .formatted(kind, prefix, prefix, prefix),
            image.toString(),
            Long.toString(bytes));
    String output = "";
    for (int tries = 0; tries < TRIES; tries++) {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(passphrase.getBytes(UTF_8));
      }
      output = new String(process.getInputStream().readAllBytes(), UTF_8);
      await(process);
      if (process.exitValue() == 0) {
        return;
      }
      Files.deleteIfExists(image);
      if (!output.contains(COARSE_CLOCK)) {
        break;
      }
    }
    throw new IOException("qemu-img cannot create the image " + image + ": " + output);
  }

  private static void await(Process process) throws IOException {
    try {
      if (process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException("qemu-img did not end within " + DEADLINE_SECONDS + " s.");
  }
}
