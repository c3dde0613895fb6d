package io.drover.driver.internal.secret;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.SecretBytes;
import io.drover.driver.Secrets;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets in one folder: a file for each, whose value only the folder's own key opens. */
public final class SecretFolder implements Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);
  private static final String SUFFIX = ".json";
  private final Path folder;
  private final SecretSeal seal;
  private final Map<UUID, Kept> secrets = new TreeMap<>();

  /** A secret as it stands in its file; an ephemeral one has none. */
  private record Kept(Definition definition, SecretSeal.@Nullable Sealed value) {}

  /**
   * Reads what is there.
   *
   * @param folder made when it is missing
   */
  public SecretFolder(Path folder, SecureRandom random) {
    this.folder = folder;
    this.seal = new SecretSeal(folder.resolve("secrets.key"), random);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      read();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  private void read() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          Kept kept = ContractJson.mapper().readValue(file.toFile(), Kept.class);
          secrets.put(kept.definition().id(), kept);
        } catch (IOException e) {
          LOG.error("The secret file {} is ignored, it cannot be read", file, e);
        }
      }
    }
  }

  @Override
  public synchronized void define(Definition definition) {
    if (!definition.usage().isEmpty()) {
      named(definition.usageType(), definition.usage())
          .filter(other -> !other.equals(definition.id()))
          .ifPresent(other -> taken(definition, other));
    }
    Kept known = secrets.get(definition.id());
    keep(new Kept(definition, known == null ? null : known.value()));
  }

  private static void taken(Definition definition, UUID other) {
    throw new ProblemException(
        ErrorCode.NAME_TAKEN,
        "The secret "
            + other
            + " is for the "
            + definition.usageType()
            + " '"
            + definition.usage()
            + "' already.");
  }

  @Override
  public synchronized void setValue(UUID id, byte[] value) {
    keep(new Kept(require(id).definition(), seal.seal(id, value)));
  }

  private void keep(Kept kept) {
    UUID id = kept.definition().id();
    try {
      if (kept.definition().ephemeral()) {
        Files.deleteIfExists(fileOf(id));
      } else {
        Path fresh = folder.resolve(id + ".new");
        Files.deleteIfExists(fresh);
        DomainFolder.privateFile(fresh);
        Files.write(fresh, ContractJson.write(kept));
        Files.move(fresh, fileOf(id), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw failed("changed", e);
    }
    secrets.put(id, kept);
  }

  @Override
  public synchronized SecretBytes value(UUID id) {
    if (require(id).definition().secluded()) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "The secret " + id + " is private: its value cannot be read.");
    }
    return fetch(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.NOT_FOUND, "The secret " + id + " has no value yet; set it first."));
  }

  /** The value for a start; empty when there is no such secret here, or no value. */
  synchronized Optional<SecretBytes> fetch(UUID id) {
    Kept kept = secrets.get(id);
    return kept == null || kept.value() == null
        ? Optional.empty()
        : Optional.of(seal.open(id, kept.value()));
  }

  /** The secret that is for this. */
  synchronized Optional<UUID> named(String usageType, String usage) {
    return secrets.values().stream()
        .map(Kept::definition)
        .filter(each -> each.usage().equals(usage) && each.usageType().equals(usageType))
        .map(Definition::id)
        .findFirst();
  }

  @Override
  public synchronized Optional<Definition> find(UUID id) {
    return Optional.ofNullable(secrets.get(id)).map(Kept::definition);
  }

  @Override
  public synchronized List<Definition> all() {
    return secrets.values().stream()
        .map(Kept::definition)
        .sorted(Comparator.comparing(Definition::id))
        .toList();
  }

  @Override
  public synchronized void undefine(UUID id) {
    try {
      Files.deleteIfExists(fileOf(id));
    } catch (IOException e) {
      throw failed("changed", e);
    }
    secrets.remove(id);
  }

  private Kept require(UUID id) {
    Kept kept = secrets.get(id);
    if (kept == null) {
      throw new ProblemException(
          ErrorCode.NOT_FOUND, "There is no secret " + id + "; define it first.");
    }
    return kept;
  }

  private Path fileOf(UUID id) {
    return folder.resolve(id + SUFFIX);
  }

  private ProblemException failed(String what, IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED, "The secrets in " + folder + " cannot be " + what + ".", cause);
  }
}
