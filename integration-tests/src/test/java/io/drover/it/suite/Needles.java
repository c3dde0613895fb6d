package io.drover.it.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every form in which 32 bytes of key could lie somewhere, and the search for them. */
public final class Needles {
  private static final int CHUNK = 4 * 1024 * 1024;
  private static final int OVERLAP = 256;
  private final TreeMap<String, String> byForm = new TreeMap<>();

  public Needles(byte[] key) {
    byForm.put("raw", latin(key));
    byForm.put("base64", Base64.getEncoder().withoutPadding().encodeToString(key));
    byForm.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    byForm.put("hex", HexFormat.of().formatHex(key));
    byForm.put("HEX", HexFormat.of().withUpperCase().formatHex(key));
    byForm.put("raw, its first half", latin(key).substring(0, key.length / 2));
    String passphrase = Base64.getEncoder().encodeToString(key);
    byForm.put(
        "base64 of base64",
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(passphrase.getBytes(StandardCharsets.US_ASCII)));
    byForm.put(
        "hex of base64", HexFormat.of().formatHex(passphrase.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The form that is in a text of bytes (ISO 8859-1), if any is. */
  public Optional<String> in(String bytes) {
    return byForm.entrySet().stream()
        .filter(form -> bytes.contains(form.getValue()))
        .map(form -> form.getKey())
        .findFirst();
  }

  /** The same for bytes. */
  public Optional<String> in(byte[] bytes) {
    return bytes == null ? Optional.empty() : in(latin(bytes));
  }

  /** The files below a folder that hold the key, each with the form. */
  public List<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> inFile(file).map(form -> file + ": " + form).stream())
          .toList();
    }
  }

  private Optional<String> inFile(Path file) {
    byte[] chunk = new byte[CHUNK];
    int kept = 0;
    try (InputStream input = Files.newInputStream(file)) {
      while (true) {
        int read = input.readNBytes(chunk, kept, CHUNK - kept);
        int length = kept + read;
        Optional<String> found = in(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
        if (found.isPresent() || read == 0) {
          return found;
        }
        kept = Math.min(OVERLAP, length);
        System.arraycopy(chunk, length - kept, chunk, 0, kept);
      }
    } catch (IOException e) {
      // It went while we looked; what is gone holds nothing.
      return Optional.empty();
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
