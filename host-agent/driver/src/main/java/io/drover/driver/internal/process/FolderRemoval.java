package io.drover.driver.internal.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Removes a folder that QEMU's user may write, who may be hostile: a name in it can be another
 * thing from one moment to the next, and folders in it as deep as they like. Everything is removed
 * by name within an open folder, links are never followed, and the folders below are lifted to the
 * first one before they are emptied. The folder's own parent must be the driver's.
 */
public final class FolderRemoval {
  /** What nobody needs for a domain: then it is left, and said so. */
  private static final int MAX_ENTRIES = 1_000_000;

  private final Path folder;
  private int entries;
  private int lifted;
  private @Nullable IOException failure;

  private FolderRemoval(Path folder) {
    this.folder = folder;
  }

  /**
   * Removes the folder with all that is in it, or a link or file of that name; absent is fine.
   *
   * @throws IOException when something of it is left
   */
  public static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      lock(folder);
      new FolderRemoval(folder).empty();
    }
    Files.deleteIfExists(folder);
  }

  /** From now on nobody but us puts anything into it. */
  private static void lock(Path folder) throws IOException {
    int us = Math.toIntExact(UserIds.effective().uid());
    if (!Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(us)) {
      Files.setAttribute(folder, "unix:uid", us, LinkOption.NOFOLLOW_LINKS);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private void empty() throws IOException {
    boolean left = true;
    while (left) {
      int before = entries;
      left = false;
      try (DirectoryStream<Path> opened = Files.newDirectoryStream(folder)) {
        SecureDirectoryStream<Path> top = secure(opened);
        for (Path each : top) {
          left = true; // what is lifted is not always shown at once
          remove(top, each.getFileName());
          refuseEndless();
        }
      }
      if (left && entries == before) {
        throw failure != null ? failure : new DirectoryNotEmptyException(folder.toString());
      }
    }
  }

  private SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) throws IOException {
    if (opened instanceof SecureDirectoryStream<Path> known) {
      return known;
    }
    throw new IOException("This host cannot remove " + folder + " safely");
  }

  /** Frees the name, or keeps why not: a folder may need several passes. */
  private void remove(SecureDirectoryStream<Path> top, Path name) {
    try {
      if (isFolder(top, name)) {
        lift(top, name);
      } else {
        top.deleteFile(name);
      }
      entries++;
    } catch (IOException e) {
      failure = e;
    }
  }

  private static boolean isFolder(SecureDirectoryStream<Path> in, Path name) throws IOException {
    return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /** Removes a folder; what is in it that is a folder, too, comes to the top. */
  private void lift(SecureDirectoryStream<Path> top, Path name) throws IOException {
    try (SecureDirectoryStream<Path> inner =
        top.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path each : inner) {
        if (isFolder(inner, each.getFileName())) {
          inner.move(each.getFileName(), top, Path.of(".lifted-" + lifted++));
        } else {
          inner.deleteFile(each.getFileName());
        }
        if (entries++ > MAX_ENTRIES) {
          return;
        }
      }
    }
    top.deleteDirectory(name);
  }

  private void refuseEndless() throws IOException {
    if (entries > MAX_ENTRIES) {
      throw new IOException("The folder " + folder + " has more than " + MAX_ENTRIES + " entries");
    }
  }
}
