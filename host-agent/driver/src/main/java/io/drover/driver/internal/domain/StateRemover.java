package io.drover.driver.internal.domain;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.UndefineFlag;
import io.drover.driver.internal.tpm.EmulatedTpms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Removes what a domain that does not run has left behind, as far as the flags say. */
final class StateRemover {
  private final DriverLayout layout;
  private final EmulatedTpms tpms;

  StateRemover(DriverLayout layout, EmulatedTpms tpms) {
    this.layout = layout;
    this.tpms = tpms;
  }

  void undefine(DomainId id, Set<UndefineFlag> flags) {
    refuseBoth(flags, UndefineFlag.NVRAM, UndefineFlag.KEEP_NVRAM);
    refuseBoth(flags, UndefineFlag.TPM, UndefineFlag.KEEP_TPM);
    requireWord(id, flags);
    boolean keepTpm =
        tpms.persistent(id)
            ? !flags.contains(UndefineFlag.TPM)
            : flags.contains(UndefineFlag.KEEP_TPM);
    removeNvram(id, flags);
    if (!keepTpm) {
      tpms.forget(id);
    }
  }

  /** As {@link #undefine}, of one whose QEMU runs on: what its TPM keeps stays. */
  void undefineActive(DomainId id, Set<UndefineFlag> flags) {
    refuseBoth(flags, UndefineFlag.NVRAM, UndefineFlag.KEEP_NVRAM);
    refuseBoth(flags, UndefineFlag.TPM, UndefineFlag.KEEP_TPM);
    requireWord(id, flags);
    if (flags.contains(UndefineFlag.TPM)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain " + id + " runs and may use its TPM; end it first, or leave TPM out.");
    }
    removeNvram(id, flags);
  }

  private void requireWord(DomainId id, Set<UndefineFlag> flags) {
    boolean decided = flags.contains(UndefineFlag.KEEP_NVRAM) || flags.contains(UndefineFlag.NVRAM);
    if (Files.exists(layout.nvram(id)) && !decided) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain " + id + " has firmware variables; say NVRAM to remove or KEEP_NVRAM to keep.");
    }
  }

  private void removeNvram(DomainId id, Set<UndefineFlag> flags) {
    Path nvram = layout.nvram(id);
    try {
      if (!flags.contains(UndefineFlag.KEEP_NVRAM)) {
        Files.deleteIfExists(nvram);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The file " + nvram + " cannot be removed; check its rights.",
          e);
    }
  }

  private static void refuseBoth(Set<UndefineFlag> flags, UndefineFlag one, UndefineFlag other) {
    if (flags.contains(one) && flags.contains(other)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, one + " and " + other + " exclude each other; say one.");
    }
  }
}
