package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Features;
import io.drover.contracts.definition.Os;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.emulator.FirmwareFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the firmware of a definition that names only its kind and features. */
public final class FirmwareChoice {
  private FirmwareChoice() {}

  public static DomainDefinition apply(DomainDefinition definition, List<FirmwareFacts> known) {
    Os os = definition.os();
    Os.Loader loader = os.loader();
    if (os.firmware() == null || (loader != null && loader.path() != null)) {
      return definition;
    }
    for (FirmwareFacts firmware : known) {
      if (matches(firmware, os)) {
        if (firmware.features().contains("requires-smm")
            && "off".equals(definition.features().switches().get("smm"))) {
          throw new ProblemException(
              ErrorCode.INVALID_DEFINITION,
              "/domain/features/smm: It is off, but the chosen firmware "
                  + firmware.code()
                  + " requires it.");
        }
        return with(definition, firmware);
      }
    }
    throw new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING,
        "No firmware of kind '"
            + os.firmware()
            + "' with the features "
            + os.firmwareFeatures()
            + " is there for the machine "
            + os.machine()
            + "; ask for fewer features or name a <loader>.");
  }

  private static boolean matches(FirmwareFacts firmware, Os os) {
    String machine = os.machine() == null ? "" : os.machine();
    boolean efi = firmware.kind().equals("efi");
    boolean secure = os.loader() != null && Boolean.TRUE.equals(os.loader().secure());
    boolean stateless = os.loader() != null && Boolean.TRUE.equals(os.loader().stateless());
    return firmware.kind().equals(os.firmware())
        && (!efi || "x86_64".equals(os.arch()) && stateless == (firmware.variables() == null))
        && firmware.machines().stream().anyMatch(machine::startsWith)
        && (!secure || firmware.features().contains("requires-smm"))
        && os.firmwareFeatures().entrySet().stream()
            .allMatch(wanted -> firmware.features().contains(wanted.getKey()) == wanted.getValue());
  }

  private static DomainDefinition with(DomainDefinition definition, FirmwareFacts firmware) {
    boolean smm = firmware.features().contains("requires-smm");
    boolean flash = firmware.kind().equals("efi");
    Os os = definition.os();
    Os.Loader loader =
        new Os.Loader(
            firmware.code(),
            flash ? "pflash" : "rom",
            flash ? (Boolean) true : null,
            smm ? (Boolean) true : null,
            os.loader() == null ? null : os.loader().stateless());
    DomainDefinition chosen = definition.withOs(os.withFirmware(loader, nvram(os, firmware)));
    return smm ? chosen.withFeatures(withSmm(chosen.features())) : chosen;
  }

  private static Os.@Nullable Nvram nvram(Os os, FirmwareFacts firmware) {
    if (firmware.variables() == null) {
      return null;
    }
    Os.Nvram given = os.nvram();
    return new Os.Nvram(firmware.variables(), given == null ? null : given.source());
  }

  private static Features withSmm(Features features) {
    Map<String, String> switches = new LinkedHashMap<>(features.switches());
    switches.put("smm", "on");
    return new Features(
        features.acpi(),
        features.apic(),
        features.pae(),
        features.apicEoi(),
        switches,
        features.msrs(),
        features.tsegKib(),
        features.ioapic(),
        features.hypervMode(),
        features.hyperv(),
        features.spinlockRetries(),
        features.kvm(),
        features.tbCacheKib());
  }
}
