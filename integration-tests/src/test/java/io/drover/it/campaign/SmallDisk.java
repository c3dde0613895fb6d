package io.drover.it.campaign;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of its own for a folder, so small that it can be filled. It is a file system in memory
 * over the folder, whose part must not run while it is put there. Needs root.
 */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path filler;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filler = folder.resolve("filler");
  }

  /** Puts the folder with its content on a disk of this size. */
  static SmallDisk under(Path folder, int mib) throws IOException, InterruptedException {
    Path side = side(folder);
    Files.createDirectories(side);
    require("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "drover-test", side.toString());
    require("cp", "-a", folder + "/.", side.toString());
    require("mount", "--bind", side.toString(), folder.toString());
    return new SmallDisk(folder);
  }

  /** Removes what a killed campaign has left over a folder. */
  static void removeLeft(Path folder) throws IOException, InterruptedException {
    for (Path mounted : List.of(folder, side(folder))) {
      while (SystemCommand.run(List.of("umount", "-l", mounted.toString())).status() == 0) {
        // One may have been put over the other.
      }
    }
    Files.deleteIfExists(side(folder));
  }

  private static Path side(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".disk");
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    byte[] some = new byte[64 * 1024];
    int size = some.length;
    while (size > 0) {
      try (OutputStream out = Files.newOutputStream(filler, CREATE, APPEND)) {
        while (true) {
          out.write(some, 0, size);
        }
      } catch (IOException full) {
        size /= 16; // what is left is less than that
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    removeLeft(folder);
  }

  private static void require(String... words) throws IOException, InterruptedException {
    SystemCommand.require(List.of(words));
  }
}
