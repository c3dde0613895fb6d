package io.drover.contracts.signature;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of secrets: base64 of 32 bytes a line, which its owner alone can read. */
final class SecretLines {
  private static final int BYTES = 32;
  private static final long MAX_FILE = 4096;

  private SecretLines() {}

  /** The secrets in their order, one at least. */
  static List<byte[]> read(Path file, String setting, int atMost) {
    if (!Files.isReadable(file)) {
      throw unusable(file, setting, "cannot be read", null);
    }
    PemFile.requirePrivate(file, setting);
    List<byte[]> secrets = new ArrayList<>();
    try {
      if (Files.size(file) > MAX_FILE) {
        throw unusable(file, setting, "has more than " + MAX_FILE + " bytes", null);
      }
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          secrets.add(Base64.getDecoder().decode(line.strip()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(file, setting, "cannot be read as lines of base64", e);
    }
    if (secrets.isEmpty() || secrets.size() > atMost) {
      throw unusable(file, setting, "has " + secrets.size() + " keys, not one to " + atMost, null);
    }
    if (secrets.stream().anyMatch(secret -> secret.length != BYTES)) {
      throw unusable(file, setting, "has a key that is not of " + BYTES + " bytes", null);
    }
    return secrets;
  }

  private static ProblemException unusable(
      Path file, String setting, String why, @Nullable Exception cause) {
    String text =
        "The file "
            + file
            + " of "
            + setting
            + " "
            + why
            + "; make the bus' key by `openssl rand -base64 32`, and a host's from it as"
            + " docs/identities.md says.";
    return cause == null
        ? new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, text)
        : new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, text, cause);
  }
}
