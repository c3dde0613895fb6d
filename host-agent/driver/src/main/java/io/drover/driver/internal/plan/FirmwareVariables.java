package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.definition.complete.emulator.FirmwareFacts;
import io.drover.driver.DriverLayout;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.HostFileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the file of a UEFI domain's variables from its template at the first start; it lasts until
 * the domain is undefined. A file that is there is never changed.
 */
record FirmwareVariables(HostFileAccess access, DriverLayout layout) {
  private static final String WHAT = "The variables of the firmware (<nvram>)";

  /** The file of the domain's variables; empty where it has none on this host. */
  Optional<Path> of(DomainDefinition placed, DomainId id) {
    Os.Loader loader = placed.os().loader();
    Os.Nvram nvram = placed.os().nvram();
    if (loader == null || !keepsVariables(loader, nvram)) {
      return Optional.empty();
    }
    DiskSource source = nvram == null ? null : nvram.source();
    if (source instanceof DiskSource.Block block) {
      access.require(WHAT, Path.of(block.path()));
      return Optional.of(Path.of(block.path()));
    }
    if (source != null && !(source instanceof DiskSource.File)) {
      return Optional.empty();
    }
    Path file = source instanceof DiskSource.File named ? Path.of(named.path()) : layout.nvram(id);
    if (!Files.exists(file)) {
      access.requireFolderOf(WHAT, file);
      copy(template(loader, nvram, file), file);
    }
    access.require(WHAT, file);
    return Optional.of(file);
  }

  private static boolean keepsVariables(Os.Loader loader, Os.@Nullable Nvram nvram) {
    return loader.path() != null
        && "pflash".equals(loader.type())
        && !Boolean.TRUE.equals(loader.stateless())
        && (nvram != null || Boolean.TRUE.equals(loader.readonly()));
  }

  private Path template(Os.Loader loader, Os.@Nullable Nvram nvram, Path file) {
    String named = nvram == null ? null : nvram.template();
    String template =
        named != null ? named : FirmwareFacts.variablesOf(String.valueOf(loader.path())).orElse("");
    if (template.isEmpty()) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          WHAT
              + ": '"
              + file
              + "' does not exist, and no template is known for the firmware '"
              + loader.path()
              + "'; name one by <nvram template='...'>, or make the file.");
    }
    access.require(
        "The template of the firmware's variables (<nvram template>)", Path.of(template));
    return Path.of(template);
  }

  /** Whole or not at all: what a crash has left under the other name is made anew. */
  private static void copy(Path template, Path file) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      DomainFolder.privateFile(unfinished);
      Files.write(unfinished, Files.readAllBytes(template));
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          WHAT + ": '" + template + "' cannot be copied to '" + file + "'; check space and rights.",
          e);
    }
  }
}
