package io.drover.definition.argv.option;

import io.drover.contracts.definition.common.SecretReference;
import io.drover.definition.argv.host.SecretMaterial;

/** Objects of QEMU that hold secrets. */
public final class SecretObjects {
  private static final String MASTER = "masterKey0";

  private SecretObjects() {}

  public static void master(ArgvContext placed, Arguments out) {
    out.object(
        Props.object("secret", MASTER)
            .put("format", "raw")
            .put("file", placed.layout().masterKeyFile()));
  }

  /** Adds the secret and answers its id. */
  public static String add(ArgvContext placed, Arguments out, String id, SecretReference secret) {
    return add(out, id, placed.secrets().sealed(secret));
  }

  /** Adds what is sealed already and answers its id. */
  public static String add(Arguments out, String id, SecretMaterial.Sealed sealed) {
    out.object(
        Props.object("secret", id)
            .put("data", sealed.ciphertext())
            .put("keyid", MASTER)
            .put("iv", sealed.iv())
            .put("format", "base64"));
    return id;
  }
}
