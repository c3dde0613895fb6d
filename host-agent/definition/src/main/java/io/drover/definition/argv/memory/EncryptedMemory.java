package io.drover.definition.argv.memory;

import io.drover.contracts.definition.Confinement;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.List;

/** Memory that is encrypted against the host: AMD's SEV. */
public final class EncryptedMemory {
  private static final String ID = "lsec0";

  private EncryptedMemory() {}

  public static String machineOption(ArgvContext placed) {
    return placed.definition().confinement().encryption() == null
        ? ""
        : ",confidential-guest-support=" + ID;
  }

  /** The host keeps certificate and session in files of the domain's folder. */
  public static List<QemuOption> options(ArgvContext placed) {
    Confinement.MemoryEncryption sev = placed.definition().confinement().encryption();
    if (sev == null) {
      return List.of();
    }
    String folder = placed.layout().channelFolder();
    return List.of(
        JsonOption.object(
            Props.object("sev-guest", ID)
                .put("cbitpos", sev.cBit())
                .put("reduced-phys-bits", sev.reducedBits())
                .put("policy", sev.policy())
                .put("dh-cert-file", sev.certificate() == null ? null : folder + "/dh_cert.base64")
                .put("session-file", sev.session() == null ? null : folder + "/session.base64")
                .put("kernel-hashes", sev.kernelHashes())));
  }
}
