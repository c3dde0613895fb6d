package io.drover.driver.internal.domain;

import io.drover.driver.internal.folder.OrphanFolders;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.journal.JournalEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the domains of a root again when a driver opens it, and removes what nobody has left. */
final class RootOpening {
  private static final Logger LOG = LoggerFactory.getLogger(RootOpening.class);
  private final DriverParts parts;
  private final Path state;

  RootOpening(DriverParts parts, Path state) {
    this.parts = parts;
    this.state = state;
  }

  /** Returns when each domain of the journal was found or given up. */
  void run() {
    List<CompletableFuture<Void>> searches = new ArrayList<>();
    Set<Path> folders = new HashSet<>();
    boolean complete = true;
    for (Journal.Found found : parts.context().journal().read()) {
      if (found instanceof Journal.Found.Entry known) {
        folders.add(known.entry().folder());
        searches.add(CompletableFuture.runAsync(() -> find(known.entry()), parts.context().pool()));
      } else if (found instanceof Journal.Found.Unreadable broken) {
        complete = false;
        LOG.error(
            "The status file {} is ignored, it cannot be read: {}", broken.file(), broken.why());
      }
    }
    CompletableFuture.allOf(searches.toArray(CompletableFuture[]::new)).join();
    parts.registry().scanUnknownProcesses();
    if (complete && parts.registry().unknownQemus().isEmpty()) {
      OrphanFolders.remove(state, folders); // else one of them may be somebody's
    }
  }

  private void find(JournalEntry entry) {
    try {
      parts.reattacher().find(entry, parts.registry()::add);
    } catch (RuntimeException e) {
      LOG.error("Reconnecting to domain {} failed", entry.id(), e);
    }
  }
}
