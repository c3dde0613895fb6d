package io.drover.driver.internal.folder;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.FolderRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of domains that stand in no journal: a driver has died while it planned a start,
 * between the making of the folder and the journal's first entry. No process uses them.
 */
public final class OrphanFolders {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanFolders.class);

  private OrphanFolders() {}

  /**
   * Removes them, keys included; what cannot be removed is logged.
   *
   * @param state the folder of domains' folders
   * @param journalled the folders that the journal names
   */
  public static void remove(Path state, Set<Path> journalled) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(state)) {
      for (Path folder : folders) {
        if (DomainFolder.named(folder)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && !journalled.contains(folder)) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The folders in " + state + " cannot be listed; check their rights.",
          e);
    }
  }

  private static void remove(Path folder) {
    try {
      FolderRemoval.remove(folder);
      LOG.info("Removed the folder {} of an interrupted start", folder);
    } catch (IOException e) {
      LOG.error(
          "Removing the folder {} of an interrupted start failed; remove it by hand", folder, e);
    }
  }
}
