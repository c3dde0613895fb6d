package io.drover.definition.complete.emulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A firmware image that definitions can ask for by its features.
 *
 * @param kind efi or bios
 * @param code the image
 * @param variables what a domain's own variables are copied from; null for bios and for an image
 *     that keeps none
 * @param machines the beginnings of the machine names that it is for
 * @param features secure-boot, enrolled-keys, requires-smm
 */
public record FirmwareFacts(
    String kind,
    String code,
    @Nullable String variables,
    List<String> machines,
    Set<String> features) {
  private static final String OVMF = "/usr/share/OVMF/";
  private static final List<String> Q35 = List.of("pc-q35-");
  private static final List<String> ANY = List.of("pc-q35-", "pc-i440fx-");

  public FirmwareFacts {
    machines = List.copyOf(machines);
    features = Set.copyOf(features);
  }

  /** What Debian's packages ovmf and seabios have, the most secure first. */
  public static List<FirmwareFacts> debian() {
    return List.of(
        efi("OVMF_CODE_4M.ms.fd", "OVMF_VARS_4M.ms.fd", Q35, true, true),
        efi("OVMF_CODE_4M.secboot.fd", "OVMF_VARS_4M.fd", Q35, true, false),
        efi("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd", ANY, false, false),
        seaBios());
  }

  /** The names that are common to all distributions. */
  static List<FirmwareFacts> common() {
    return List.of(
        new FirmwareFacts("efi", OVMF + "OVMF.sev.fd", null, Q35, Set.of()),
        efi("OVMF_CODE.secboot.fd", "OVMF_VARS.secboot.fd", Q35, true, true),
        efi("OVMF_CODE.secboot.fd", "OVMF_VARS.fd", Q35, true, false),
        efi("OVMF_CODE.fd", "OVMF_VARS.fd", ANY, false, false),
        seaBios());
  }

  /** The variables that belong to an image, for definitions that name the image alone. */
  public static Optional<String> variablesOf(String code) {
    return Stream.concat(debian().stream(), common().stream())
        .filter(known -> known.code().equals(code) && known.variables() != null)
        .findFirst()
        .map(FirmwareFacts::variables);
  }

  private static FirmwareFacts efi(
      String code, String variables, List<String> machines, boolean secure, boolean enrolled) {
    Set<String> features =
        secure
            ? enrolled
                ? Set.of("secure-boot", "requires-smm", "enrolled-keys")
                : Set.of("secure-boot", "requires-smm")
            : Set.of();
    return new FirmwareFacts("efi", OVMF + code, OVMF + variables, machines, features);
  }

  private static FirmwareFacts seaBios() {
    return new FirmwareFacts("bios", "/usr/share/seabios/bios-256k.bin", null, ANY, Set.of());
  }
}
