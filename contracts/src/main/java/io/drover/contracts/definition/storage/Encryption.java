package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.SecretReference;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of an image.
 *
 * @param format luks, or qcow for the old AES form that is refused
 * @param engine qemu, or null for the default
 * @param secrets the passphrases; one opens the image
 */
public record Encryption(String format, @Nullable String engine, List<SecretReference> secrets) {
  public Encryption {
    secrets = Defaults.list(secrets);
  }

  /** LUKS, opened with the secret of this id. */
  public static Encryption luks(UUID secret) {
    return new Encryption("luks", null, List.of(new SecretReference(secret, null)));
  }
}
