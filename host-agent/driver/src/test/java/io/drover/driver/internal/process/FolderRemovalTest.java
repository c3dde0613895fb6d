package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What QEMU's user may leave in a folder that root removes. */
@Timeout(60)
class FolderRemovalTest {
  private static final int MANY = 200;
  @TempDir Path parent;

  private Path folder;
  private Path precious;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(parent.resolve("folder"));
    precious = Files.createDirectory(parent.resolve("precious"));
    for (int i = 0; i < MANY; i++) {
      Files.writeString(precious.resolve("file" + i), "kept");
    }
  }

  private void nothingElseIsGone() {
    assertThat(folder).doesNotExist();
    assertThat(precious.toFile().list()).hasSize(MANY);
  }

  @Test
  void foldersAreRemovedAndLinksAreNotFollowed() throws IOException {
    Files.createDirectories(folder.resolve("a/b/c"));
    Files.writeString(folder.resolve("a/b/c/file"), "");
    Files.createSymbolicLink(folder.resolve("a/link"), precious);
    Files.createSymbolicLink(folder.resolve("link"), precious.resolve("file1"));
    Files.createDirectory(folder.resolve(".lifted-0"));
    FolderRemoval.remove(folder);
    nothingElseIsGone();
  }

  @Test
  void aLinkInItsPlaceIsRemovedItself() throws IOException {
    Files.delete(folder);
    Files.createSymbolicLink(folder, precious);
    FolderRemoval.remove(folder);
    assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
    nothingElseIsGone();
    FolderRemoval.remove(folder);
  }

  @Test
  void foldersDeeperThanAnyPathAreRemoved() throws IOException {
    Path chain = folder;
    for (int depth = 0; depth < 12; depth++) {
      chain = Files.createDirectory(chain.resolve("d".repeat(250)));
    }
    // Put below one another from the inside out, as with mkdirat: no path names the innermost.
    for (int i = 0; i < 3; i++) {
      Path outer = Files.createDirectory(folder.resolve("o" + i));
      Files.move(folder.resolve("d".repeat(250)), outer.resolve("d".repeat(250)));
      Path deepest = outer;
      for (int depth = 0; depth < 12; depth++) {
        deepest = Files.createDirectories(deepest.resolve("e".repeat(250)));
      }
      Files.move(outer, folder.resolve("d".repeat(250)));
    }
    FolderRemoval.remove(folder);
    nothingElseIsGone();
  }

  /** The race of every program that looks first and opens then. */
  @Test
  void aFolderThatBecomesALinkMeanwhileLeadsNowhere() throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    Path place = folder.resolve("a");
    Path link = Files.createSymbolicLink(parent.resolve("spare"), precious);
    Thread hostile =
        new Thread(
            () -> {
              while (going.get()) {
                exchange(place, link);
              }
            });
    hostile.start();
    try {
      for (int tries = 0; tries < 300; tries++) {
        Files.createDirectories(folder);
        removeOrLeave();
        assertThat(precious.toFile().list()).hasSize(MANY);
      }
    } finally {
      going.set(false);
      hostile.join();
    }
    FolderRemoval.remove(folder);
    nothingElseIsGone();
  }

  /** Somebody who goes on writing can keep the folder, and no more. */
  private void removeOrLeave() throws IOException {
    try {
      FolderRemoval.remove(folder);
    } catch (NotDirectoryException | java.nio.file.DirectoryNotEmptyException e) {
      assertThat(folder).exists();
    } catch (java.nio.file.FileSystemException e) {
      assertThat(e.getFile()).isNotNull();
    }
  }

  private void exchange(Path place, Path link) {
    try {
      Files.createDirectory(place);
      Files.createFile(place.resolve("file1"));
      Files.move(place, parent.resolve("aside"), StandardCopyOption.REPLACE_EXISTING);
      Files.createSymbolicLink(place, Files.readSymbolicLink(link));
      Files.deleteIfExists(place);
    } catch (IOException e) {
      clean();
    }
  }

  private void clean() {
    try {
      Files.deleteIfExists(folder.resolve("a/file1"));
      Files.deleteIfExists(folder.resolve("a"));
      Files.deleteIfExists(parent.resolve("aside/file1"));
    } catch (IOException e) {
      assertThat(e).isNotNull(); // the other thread was first
    }
  }
}
