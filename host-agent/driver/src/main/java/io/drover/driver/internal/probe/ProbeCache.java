package io.drover.driver.internal.probe;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps what probes found until something changes that they depend on: the emulator's file, the
 * kernel, the processor, {@code /dev/kvm}. What is missing or unreadable is merely probed again.
 */
final class ProbeCache {
  private static final int FORMAT = 3;
  private final Path folder;
  private final Path proc;

  /**
   * @param proc {@code /proc}
   */
  ProbeCache(Path folder, Path proc) {
    this.folder = folder;
    this.proc = proc;
  }

  /** What a result depends on; compared as a whole. */
  record Fingerprint(Map<String, String> facts) {
    Fingerprint {
      facts = new TreeMap<>(facts);
    }
  }

  private record Kept<T>(Fingerprint fingerprint, T result) {}

  /** Everything that a probe of this emulator depends on. */
  Fingerprint fingerprintOf(Path emulator) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("format", Integer.toString(FORMAT));
    facts.put("path", emulator.toString());
    facts.put("size", Files.getAttribute(emulator, "unix:size").toString());
    facts.put("modified", Files.getAttribute(emulator, "unix:lastModifiedTime").toString());
    facts.put("changed", Files.getAttribute(emulator, "unix:ctime").toString());
    facts.put("modules", modules());
    facts.put("flags", digest(FlagTable.signs().toString()));
    facts.put("kernel", Files.readString(proc.resolve("version")).strip());
    facts.put("cpu", digest(cpuText()));
    facts.put("kvm", kvmRights());
    return new Fingerprint(facts);
  }

  /** The first processor, without the numbers that change from one moment to the next. */
  private String cpuText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(proc.resolve("cpuinfo"))) {
      if (line.isBlank()) {
        break;
      }
      if (!line.startsWith("cpu MHz") && !line.startsWith("bogomips")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  /** The folders of QEMU's modules change when a package adds a display or a block driver. */
  private static String modules() throws IOException {
    StringBuilder times = new StringBuilder();
    for (Path library : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
      if (Files.isDirectory(library)) {
        appendModified(library.resolve("qemu"), times);
        try (DirectoryStream<Path> triplets =
            Files.newDirectoryStream(library, name -> name.toString().contains("-linux-"))) {
          for (Path triplet : triplets) {
            appendModified(triplet.resolve("qemu"), times);
          }
        }
      }
    }
    return times.toString();
  }

  private static void appendModified(Path folder, StringBuilder times) throws IOException {
    if (Files.isDirectory(folder)) {
      times.append(folder).append(' ').append(Files.getLastModifiedTime(folder)).append(' ');
    }
  }

  private static String kvmRights() {
    Path kvm = Path.of("/dev/kvm");
    return (Files.isReadable(kvm) ? "r" : "-") + (Files.isWritable(kvm) ? "w" : "-");
  }

  <T> Optional<T> find(String kind, Fingerprint fingerprint, Class<T> type) {
    Path file = fileOf(kind, fingerprint);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Kept<T> kept =
          ContractJson.mapper()
              .readValue(
                  file.toFile(),
                  ContractJson.mapper().getTypeFactory().constructParametricType(Kept.class, type));
      return kept.fingerprint().equals(fingerprint) ? Optional.of(kept.result()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  <T> void keep(String kind, Fingerprint fingerprint, T result) {
    Path file = fileOf(kind, fingerprint);
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "new-", ".json");
      Files.write(fresh, ContractJson.write(new Kept<>(fingerprint, result)));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The probe cache cannot be written in " + folder + "; check space and rights.",
          e);
    }
  }

  void drop(String kind, Fingerprint fingerprint) {
    try {
      Files.deleteIfExists(fileOf(kind, fingerprint));
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The probe cache cannot be written in " + folder + "; check space and rights.",
          e);
    }
  }

  private Path fileOf(String kind, Fingerprint fingerprint) {
    String path = String.valueOf(fingerprint.facts().get("path"));
    return folder.resolve(kind + "-" + digest(path).substring(0, 32) + ".json");
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
