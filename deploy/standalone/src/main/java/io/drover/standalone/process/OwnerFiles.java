package io.drover.standalone.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files for their owner alone. */
public final class OwnerFiles {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private OwnerFiles() {}

  /**
   * Takes all rights of others on the tree; links are not followed.
   *
   * @return the files and folders on which others had rights
   */
  public static List<Path> close(Path tree) throws IOException {
    List<Path> opened = new ArrayList<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            closeOne(folder, opened);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isSymbolicLink()) { // has no rights of its own
              closeOne(file, opened);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) { // a process has removed it meanwhile
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return opened;
  }

  private static void closeOne(Path file, List<Path> opened) throws IOException {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      if (rights.removeAll(OF_OTHERS)) {
        Files.setPosixFilePermissions(file, rights);
        opened.add(file);
      }
    } catch (NoSuchFileException e) {
      // A process has removed it meanwhile: nobody reads it any more.
    }
  }
}
