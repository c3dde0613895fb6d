package io.drover.driver.internal.secret;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fetches the passphrases that a definition names, and seals each at once. */
public final class DomainSecrets {
  private final SecretFolder own;
  private final SecretSource source;

  /**
   * @param own the root's own secrets, asked first
   * @param source the program's
   */
  public DomainSecrets(SecretFolder own, SecretSource source) {
    this.own = own;
    this.source = source;
  }

  /** The passphrase; the caller closes it. */
  public SecretBytes fetch(UUID id) {
    return own.fetch(id).orElseGet(() -> source.fetch(id));
  }

  /** The passphrase of an image; the caller closes it. */
  public SecretBytes ofImage(SecretReference secret) {
    Map<SecretReference, UUID> named = new HashMap<>();
    collect(secret, "volume", named);
    UUID id = named.get(secret);
    if (id == null) {
      throw new ProblemException(ErrorCode.KEY_UNAVAILABLE, "A secret of a disk has no name.");
    }
    return fetch(id);
  }

  /**
   * Seals all that QEMU needs.
   *
   * @param ofDisplays what the key of a display's certificate is encrypted with; null for none
   */
  public SecretMaterial seal(
      DomainDefinition definition, @Nullable SecretReference ofDisplays, MasterKey master) {
    Map<SecretReference, UUID> wanted = new LinkedHashMap<>();
    for (Disk disk : definition.devices(Disk.class)) {
      collect(disk.image(), wanted);
    }
    Os.Nvram nvram = definition.os().nvram();
    if (nvram != null) {
      collect(nvram.source(), wanted);
    }
    for (HostDevice device : definition.devices(HostDevice.class)) {
      if (device.source() instanceof HostSource.Iscsi iscsi && iscsi.secret() != null) {
        collect(iscsi.secret(), "iscsi", wanted);
      }
    }
    if (ofDisplays != null) {
      collect(ofDisplays, "tls", wanted);
    }
    Map<SecretReference, SecretMaterial.Sealed> sealed = new HashMap<>();
    wanted.forEach(
        (reference, id) -> {
          try (SecretBytes passphrase = fetch(id)) {
            sealed.put(reference, master.seal(passphrase));
          }
        });
    return SecretMaterial.of(sealed, text -> seal(text, master));
  }

  private static SecretMaterial.Sealed seal(String text, MasterKey master) {
    try (SecretBytes bytes = SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8))) {
      return master.seal(bytes);
    }
  }

  private void collect(@Nullable DiskImage image, Map<SecretReference, UUID> wanted) {
    for (DiskImage each = image; each != null; each = each.backing()) {
      if (each.encryption() != null) {
        each.encryption().secrets().forEach(secret -> collect(secret, "volume", wanted));
      }
      collect(each.source(), wanted);
    }
  }

  private void collect(@Nullable DiskSource source, Map<SecretReference, UUID> wanted) {
    if (source instanceof DiskSource.Network network && network.auth() != null) {
      String type = network.auth().secretType();
      collect(network.auth().secret(), type == null ? "volume" : type, wanted);
    }
  }

  private void collect(
      SecretReference secret, String usageType, Map<SecretReference, UUID> wanted) {
    String usage = secret.usage();
    if (secret.uuid() != null) {
      wanted.put(secret, secret.uuid());
    } else if (usage != null) {
      wanted.put(
          secret,
          own.named(usageType, usage)
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ErrorCode.KEY_UNAVAILABLE,
                          "No secret of the type '"
                              + usageType
                              + "' is for '"
                              + usage
                              + "'; define one, or name it by 'uuid'.")));
    }
  }
}
