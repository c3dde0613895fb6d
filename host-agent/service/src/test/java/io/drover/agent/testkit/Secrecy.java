package io.drover.agent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Looks for a secret wherever this machine could have written it down. */
public final class Secrecy {
  private Secrecy() {}

  /**
   * The secret, plain, in hex or in base64, is in argv and environment of no process, in no file of
   * the agent's root, in no topic and not in the agent's log. That the search would find it is
   * shown by the domain's id, which is in all of them.
   */
  public static void requireNowhere(String secret, UUID domain) throws IOException {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (String form :
        List.of(
            secret,
            HexFormat.of().formatHex(bytes),
            Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
      assertThat(placesOf(form)).isEmpty();
    }
    assertThat(placesOf(domain.toString()))
        .anyMatch(place -> place.contains("/h/"))
        .anyMatch(place -> place.contains("/kafka/"))
        .anyMatch(place -> place.endsWith("agent.log"));
  }

  private static List<String> placesOf(String text) throws IOException {
    List<Path> candidates = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Surroundings.everything())) {
      files.filter(Files::isRegularFile).forEach(candidates::add);
    }
    long own = ProcessHandle.current().pid();
    ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> pid != own)
        .forEach(
            pid -> {
              candidates.add(Path.of("/proc/" + pid + "/cmdline"));
              candidates.add(Path.of("/proc/" + pid + "/environ"));
            });
    return candidates.stream().filter(file -> holds(file, text)).map(Path::toString).toList();
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (NoSuchFileException e) {
      return false; // it was there a moment ago
    } catch (IOException e) {
      if (file.startsWith("/proc")) {
        return false; // the process is ending
      }
      throw new java.io.UncheckedIOException(e);
    }
  }
}
