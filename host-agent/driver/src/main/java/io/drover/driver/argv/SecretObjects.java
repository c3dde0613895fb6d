package io.drover.driver.argv;

import io.drover.contracts.definition.common.SecretReference;

/** Objects of QEMU that hold secrets. */
final class SecretObjects {
  private static final String MASTER = "masterKey0";

  private SecretObjects() {}

  static void master(Placed placed, Arguments out) {
    out.object(
        Props.object("secret", MASTER)
            .put("format", "raw")
            .put("file", placed.layout().masterKeyFile()));
  }

  /** Adds the secret and answers its id. */
  static String add(Placed placed, Arguments out, String id, SecretReference secret) {
    return add(out, id, placed.secrets().sealed(secret));
  }

  /** Adds what is sealed already and answers its id. */
  static String add(Arguments out, String id, SecretMaterial.Sealed sealed) {
    out.object(
        Props.object("secret", id)
            .put("data", sealed.ciphertext())
            .put("keyid", MASTER)
            .put("iv", sealed.iv())
            .put("format", "base64"));
    return id;
  }
}
