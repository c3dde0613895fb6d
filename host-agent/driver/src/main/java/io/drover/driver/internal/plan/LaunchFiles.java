package io.drover.driver.internal.plan;

import io.drover.contracts.definition.Confinement;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guest owner's certificate and session, as QEMU reads them: files in the domain's folder. */
final class LaunchFiles {
  private LaunchFiles() {}

  /** Writes what there is and answers the files. */
  static List<Path> write(DomainDefinition definition, DomainFolder folder) {
    List<Path> written = new ArrayList<>();
    Confinement.MemoryEncryption encryption = definition.confinement().encryption();
    if (encryption != null) {
      write(folder.path().resolve("dh_cert.base64"), encryption.certificate(), written);
      write(folder.path().resolve("session.base64"), encryption.session(), written);
    }
    return written;
  }

  private static void write(Path file, @Nullable String content, List<Path> written) {
    if (content == null) {
      return;
    }
    DomainFolder.privateFile(file);
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + file + " cannot be written; check space and rights.",
          e);
    }
    written.add(file);
  }
}
