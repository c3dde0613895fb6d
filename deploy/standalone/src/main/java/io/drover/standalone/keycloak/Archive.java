package io.drover.standalone.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip with one top folder. */
record Archive(Path file) {
  /** Unpacks everything and returns the top folder; what was in {@code target} goes first. */
  Path unpackInto(Path target) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing; build it with `mvn -Dquick package`");
    }
    remove(target);
    Files.createDirectories(target);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        unpack(zip, entries.nextElement(), target);
      }
    }
    try (Stream<Path> inside = Files.list(target)) {
      return inside.findFirst().orElseThrow(() -> new IOException(file + " is empty"));
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("An entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolve("..").normalize());
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
