package io.drover.secrets.key.model;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The root keys by version; the highest seals what is new, older ones only open what they sealed.
 * The text form has one key a line: {@code VERSION:BASE64}, or the base64 alone for version 1.
 */
public final class RootKeys {
  private final NavigableMap<Integer, KeyMaterial> byVersion;

  private RootKeys(NavigableMap<Integer, KeyMaterial> byVersion) {
    this.byVersion = byVersion;
  }

  /** Reads the text form; a fault names the line, never its content. */
  public static RootKeys parse(String text) {
    NavigableMap<Integer, KeyMaterial> keys = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        parseLine(line.strip(), number, keys);
      }
    }
    if (keys.isEmpty()) {
      throw refused(
          "There is no root key; make one with `openssl rand -base64 32` and name its file in"
              + " DROVER_ROOT_KEY_FILE.");
    }
    return new RootKeys(keys);
  }

  private static void parseLine(String line, int number, NavigableMap<Integer, KeyMaterial> keys) {
    int colon = line.indexOf(':');
    try {
      int version = colon < 0 ? 1 : Integer.parseInt(line.substring(0, colon));
      byte[] bytes = Base64.getDecoder().decode(line.substring(colon + 1));
      if (version < 1 || bytes.length != KeyMaterial.BYTES || keys.containsKey(version)) {
        throw refused("Line " + number + " of the root key is not a new version of 32 bytes.");
      }
      keys.put(version, KeyMaterial.owning(bytes));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Line " + number + " of the root key is not VERSION:BASE64.",
          // The parser's message quotes what it could not read.
          new IllegalArgumentException("not base64"));
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }

  public int currentVersion() {
    return byVersion.lastKey();
  }

  public KeyMaterial current() {
    return byVersion.lastEntry().getValue();
  }

  /** The key of a version; empty when it was not given to this process. */
  public Optional<KeyMaterial> find(int version) {
    return Optional.ofNullable(byVersion.get(version));
  }
}
