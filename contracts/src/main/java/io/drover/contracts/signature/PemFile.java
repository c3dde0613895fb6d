package io.drover.contracts.signature;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of PEM blocks, as OpenSSL writes it. */
final class PemFile {
  private static final long MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PemFile() {}

  /** The contents of all blocks with that label, in their order. */
  static List<byte[]> blocks(Path file, String label, String setting) {
    String text = read(file, setting);
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
            .matcher(text);
    List<byte[]> blocks = new ArrayList<>();
    while (block.find()) {
      try {
        blocks.add(Base64.getMimeDecoder().decode(block.group(1)));
      } catch (IllegalArgumentException e) {
        throw unusable(file, setting, "has a block \"" + label + "\" that is no base64", e);
      }
    }
    if (blocks.isEmpty()) {
      throw unusable(file, setting, "has no block \"-----BEGIN " + label + "-----\"");
    }
    return blocks;
  }

  /** Fails when others than its owner can read it. */
  static void requirePrivate(Path file, String setting) {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new ProblemException(
            ErrorCode.HOST_RESOURCE_MISSING,
            "The file "
                + file
                + " of "
                + setting
                + " can be read by others; run `chmod 600` on it.");
      }
    } catch (IOException e) {
      throw unusable(file, setting, "cannot be read", e);
    }
  }

  private static String read(Path file, String setting) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(file, setting, "has more than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw unusable(file, setting, "cannot be read", e);
    }
  }

  static ProblemException unusable(Path file, String setting, String why) {
    return new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, text(file, setting, why));
  }

  static ProblemException unusable(Path file, String setting, String why, Exception cause) {
    return new ProblemException(ErrorCode.HOST_RESOURCE_MISSING, text(file, setting, why), cause);
  }

  private static String text(Path file, String setting, String why) {
    return "The file "
        + file
        + " of "
        + setting
        + " "
        + why
        + "; make the pair by `openssl genpkey -algorithm ed25519 -out KEY` and `openssl pkey"
        + " -in KEY -pubout -out PUBLIC`.";
  }
}
