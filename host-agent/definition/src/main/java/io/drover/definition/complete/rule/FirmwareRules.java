package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.complete.builder.Faults;
import org.jspecify.annotations.Nullable;

/** What must hold for a domain's firmware, its variables and what it boots directly. */
final class FirmwareRules {
  private static final String OS = "/domain/os";
  private static final String LOADER = OS + "/loader";
  private static final String NVRAM = OS + "/nvram";

  private FirmwareRules() {}

  static void check(Faults faults, DomainDefinition definition) {
    Os os = definition.os();
    if (os.firmware() == null) {
      named(faults, os);
    } else {
      chosen(faults, os, os.firmware());
    }
    Os.Loader loader = os.loader();
    Os.Nvram nvram = os.nvram();
    boolean said = nvram != null && (nvram.source() != null || nvram.template() != null);
    if (loader != null && Boolean.TRUE.equals(loader.stateless()) && said) {
      faults.fault(NVRAM, "NVRAM is not permitted when the loader is stateless.");
    }
    if (loader != null && Boolean.TRUE.equals(loader.secure())) {
      secureBoot(faults, definition);
    }
    if (nvram != null && nvram.source() instanceof DiskSource.Network network) {
      NetworkImageRules.check(detail -> faults.fault(NVRAM + "/source", detail), network);
    }
    if (os.kernel() == null && (os.initrd() != null || os.commandLine() != null)) {
      faults.fault(OS, "<initrd> and <cmdline> need a <kernel>.");
    }
  }

  /** The definition names the image itself, or leaves it to QEMU. */
  private static void named(Faults faults, Os os) {
    Os.Loader loader = os.loader();
    if (!os.firmwareFeatures().isEmpty()) {
      faults.fault(
          OS + "/firmware",
          "Features choose a firmware only where <os> has the attribute firmware='efi' or 'bios'.");
    }
    if (loader == null ? os.nvram() != null : loader.path() == null) {
      faults.fault(
          loader == null ? NVRAM : LOADER,
          "<loader> names no path, and <os> has no attribute 'firmware' that would choose one.");
    } else if (loader != null
        && Boolean.FALSE.equals(loader.stateless())
        && !"pflash".equals(loader.type())) {
      faults.fault(LOADER + "/@stateless", "Only a loader of type pflash permits NVRAM.");
    }
  }

  /** The image is chosen by its kind and features: nothing else may be said of it. */
  private static void chosen(Faults faults, Os os, String kind) {
    Os.Loader loader = os.loader();
    Os.Nvram nvram = os.nvram();
    if (kind.equals("bios")
        && (nvram != null || loader != null && Boolean.FALSE.equals(loader.stateless()))) {
      faults.fault(NVRAM, "Only EFI firmware permits NVRAM.");
    }
    if (loader != null) {
      String given = fixed(loader);
      if (given != null) {
        faults.fault(LOADER + given, chosenFor(kind, given));
      }
    }
    if (nvram != null && nvram.template() != null) {
      faults.fault(NVRAM + "/@template", chosenFor(kind, "/@template"));
    }
    if (Boolean.TRUE.equals(os.firmwareFeatures().get("enrolled-keys"))
        && Boolean.FALSE.equals(os.firmwareFeatures().get("secure-boot"))) {
      faults.fault(
          OS + "/firmware",
          "The feature 'enrolled-keys' cannot be enabled when 'secure-boot' is disabled.");
    }
  }

  private static String chosenFor(String kind, String given) {
    if (given.isEmpty()) {
      return "An image that is named here needs its 'type'; give <loader type='pflash'>, or take out"
          + " the path and have firmware='"
          + kind
          + "' choose one.";
    }
    return "It is said of an image that the definition names, but firmware='"
        + kind
        + "' without a path in <loader> has the image chosen for you; take out "
        + given.replace("/@", "'")
        + "', or name the image in <loader> and take out firmware='"
        + kind
        + "'.";
  }

  private static @Nullable String fixed(Os.Loader loader) {
    if (loader.readonly() != null) {
      return "/@readonly";
    }
    if (loader.type() != null) {
      return "/@type";
    }
    if (Boolean.FALSE.equals(loader.secure())) {
      return "/@secure";
    }
    return loader.path() == null ? null : "";
  }

  private static void secureBoot(Faults faults, DomainDefinition definition) {
    Os os = definition.os();
    String at = LOADER + "/@secure";
    if (!os.q35Machine()) {
      faults.fault(at, "Secure boot is supported with q35 machine types only.");
    } else if ("i686".equals(os.arch())) {
      faults.fault(at, "Secure boot is supported for the x86_64 architecture only.");
    } else if (os.firmware() == null && !definition.features().isOn("smm")) {
      faults.fault(at, "Secure boot requires the SMM feature; add <smm state='on'/>.");
    }
  }
}
