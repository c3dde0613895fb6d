package io.drover.agent.host;

import io.drover.contracts.report.HostReport.Accelerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the host's emulators can do.
 *
 * @param accelerators as a guest was really run on each
 * @param emulatorVersion of the x86_64 emulator; empty without one
 * @param digest changes when any of it does
 */
public record HostFacts(List<Accelerator> accelerators, String emulatorVersion, String digest) {
  public HostFacts {
    accelerators = List.copyOf(accelerators);
  }

  /** SHA-256 of the text, in hex. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
