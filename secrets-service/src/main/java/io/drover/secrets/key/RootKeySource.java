package io.drover.secrets.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.secrets.config.SecretsConfig;
import io.drover.secrets.key.model.KeySealing;
import io.drover.secrets.key.model.RootKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** The root keys, from a private file or the environment, and what seals with them. */
@Singleton
class RootKeySource {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  @Produces
  @Singleton
  KeySealing sealing(SecureRandom random) {
    return new KeySealing(random);
  }

  @Produces
  @Singleton
  RootKeys rootKeys(SecretsConfig config) {
    return RootKeys.parse(
        config
            .rootKeyFile()
            .map(RootKeySource::readPrivate)
            .orElseGet(() -> config.rootKey().orElse("")));
  }

  private static String readPrivate(Path file) {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "The root key file " + file + " can be read by others; run `chmod 600` on it.");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The root key file " + file + " cannot be read.", e);
    }
  }
}
