package io.drover.driver.internal.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where emulators lie: in the folders of PATH, in /usr/bin and in /usr/libexec. */
final class EmulatorFiles {
  private static final List<String> ARCHITECTURES =
      List.of(
          "x86_64",
          "i386",
          "aarch64",
          "arm",
          "alpha",
          "hppa",
          "loongarch64",
          "m68k",
          "microblaze",
          "microblazeel",
          "mips",
          "mips64",
          "mips64el",
          "mipsel",
          "or1k",
          "ppc",
          "ppc64",
          "riscv32",
          "riscv64",
          "s390x",
          "sh4",
          "sh4eb",
          "sparc",
          "sparc64",
          "xtensa",
          "xtensaeb");

  private EmulatorFiles() {}

  /** The folders of a PATH variable, and those where distributions put emulators besides. */
  static List<Path> searchPath(String pathVariable) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String folder : pathVariable.split(":", -1)) {
      if (folder.startsWith("/")) {
        folders.add(Path.of(folder));
      }
    }
    folders.add(Path.of("/usr/bin"));
    folders.add(Path.of("/usr/libexec"));
    return List.copyOf(folders);
  }

  /**
   * The candidates in these folders, links resolved: for each architecture those that may emulate
   * it, the preferred first. Distributions have a program in one folder and the script that starts
   * it in another, so that one of each is enough. x86_64 comes first.
   */
  static List<Set<Path>> in(List<Path> folders) {
    List<Set<Path>> candidates = new ArrayList<>();
    for (String arch : ARCHITECTURES) {
      Set<Path> found = new LinkedHashSet<>();
      folders.forEach(folder -> addIfThere(folder.resolve("qemu-system-" + arch), found));
      if (arch.equals("x86_64")) {
        folders.forEach(folder -> addIfThere(folder.resolve("qemu-kvm"), found));
        folders.forEach(folder -> addIfThere(folder.resolve("qemu"), found));
      }
      candidates.add(found);
    }
    return candidates;
  }

  private static void addIfThere(Path file, Set<Path> found) {
    if (Files.isRegularFile(file) && Files.isExecutable(file)) {
      found.add(realPath(file));
    }
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }
}
