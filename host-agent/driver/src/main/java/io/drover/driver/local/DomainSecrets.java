package io.drover.driver.local;

import io.drover.contracts.definition.Disk;
import io.drover.contracts.definition.DiskImage;
import io.drover.contracts.definition.DiskSource;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.SecretReference;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import io.drover.driver.argv.SecretMaterial;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fetches the passphrases that a definition names, and seals each at once. */
final class DomainSecrets {
  private final SecretSource source;

  DomainSecrets(SecretSource source) {
    this.source = source;
  }

  Map<UUID, SecretMaterial.Sealed> seal(DomainDefinition definition, MasterKey master) {
    Set<UUID> wanted = new LinkedHashSet<>();
    for (Disk disk : definition.devices(Disk.class)) {
      collect(disk.image(), wanted);
    }
    Map<UUID, SecretMaterial.Sealed> sealed = new HashMap<>();
    for (UUID id : wanted) {
      try (SecretBytes passphrase = source.fetch(id)) {
        sealed.put(id, master.seal(passphrase));
      }
    }
    return sealed;
  }

  private static void collect(@Nullable DiskImage image, Set<UUID> wanted) {
    for (DiskImage each = image; each != null; each = each.backing()) {
      if (each.encryption() != null) {
        each.encryption().secrets().forEach(secret -> collect(secret, wanted));
      }
      if (each.source() instanceof DiskSource.Network network && network.auth() != null) {
        collect(network.auth().secret(), wanted);
      }
    }
  }

  private static void collect(SecretReference secret, Set<UUID> wanted) {
    if (secret.uuid() != null) {
      wanted.add(secret.uuid());
    }
  }
}
