package io.drover.definition.argv.option;

import io.drover.contracts.definition.common.SecretReference;
import io.drover.definition.argv.host.SecretMaterial;

/** Objects of QEMU that hold secrets. */
public final class SecretObjects {
  private static final String MASTER = "masterKey0";

  private SecretObjects() {}

  /** The key that all others are sealed with. */
  public static JsonOption master(ArgvContext placed) {
    return JsonOption.object(
        Props.object("secret", MASTER)
            .put("format", "raw")
            .put("file", placed.layout().masterKeyFile()));
  }

  /** The secret that the definition refers to. */
  public static JsonOption of(ArgvContext placed, String id, SecretReference secret) {
    return of(id, placed.secrets().sealed(secret));
  }

  /** What is sealed already. */
  public static JsonOption of(String id, SecretMaterial.Sealed sealed) {
    return JsonOption.object(
        Props.object("secret", id)
            .put("data", sealed.ciphertext())
            .put("keyid", MASTER)
            .put("iv", sealed.iv())
            .put("format", "base64"));
  }
}
