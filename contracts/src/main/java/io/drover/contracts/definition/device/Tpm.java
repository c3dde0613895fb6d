package io.drover.contracts.definition.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.SecretReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trusted platform module.
 *
 * @param model tpm-tis or tpm-crb; null for tpm-tis
 */
public record Tpm(DeviceInfo info, @Nullable String model, Backend backend) implements Device {
  public Tpm {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  /** What the guest's requests go to. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Passthrough.class, name = "passthrough"),
    @JsonSubTypes.Type(value = EmulatedTpm.class, name = "emulator"),
    @JsonSubTypes.Type(value = External.class, name = "external")
  })
  public sealed interface Backend {}

  /**
   * The host's own module.
   *
   * @param device as in {@code /dev/tpm0}
   */
  public record Passthrough(String device) implements Backend {}

  /**
   * A process of its own, swtpm.
   *
   * @param version 1.2 or 2.0; null for 2.0
   * @param encryption the secret that the state is encrypted with
   * @param persistent whether the state outlives a transient domain
   * @param debug swtpm's log level
   * @param activeBanks the PCR banks that are active: sha1, sha256, sha384, sha512; empty for
   *     swtpm's choice
   */
  public record EmulatedTpm(
      @Nullable String version,
      @Nullable SecretReference encryption,
      @Nullable Boolean persistent,
      @Nullable Integer debug,
      List<String> activeBanks)
      implements Backend {
    public EmulatedTpm {
      activeBanks = Defaults.list(activeBanks);
    }
  }

  /** An emulator that somebody else runs; {@code source} is its control socket. */
  public record External(CharacterSource source) implements Backend {}

  @Override
  public Tpm withInfo(DeviceInfo value) {
    return new Tpm(value, model, backend);
  }

  /** The same module with its model and version decided. */
  public Tpm with(String newModel, Backend newBackend) {
    return new Tpm(info, newModel, newBackend);
  }
}
