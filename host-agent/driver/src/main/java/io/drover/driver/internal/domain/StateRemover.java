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
    Path nvram = layout.nvram(id);
    boolean keepNvram = flags.contains(UndefineFlag.KEEP_NVRAM);
    if (Files.exists(nvram) && !keepNvram && !flags.contains(UndefineFlag.NVRAM)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "Domain " + id + " has firmware variables; say NVRAM to remove or KEEP_NVRAM to keep.");
    }
    boolean keepTpm =
        tpms.persistent(id)
            ? !flags.contains(UndefineFlag.TPM)
            : flags.contains(UndefineFlag.KEEP_TPM);
    try {
      if (!keepNvram) {
        Files.deleteIfExists(nvram);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The file " + nvram + " cannot be removed.", e);
    }
    if (!keepTpm) {
      tpms.forget(id);
    }
  }

  private static void refuseBoth(Set<UndefineFlag> flags, UndefineFlag one, UndefineFlag other) {
    if (flags.contains(one) && flags.contains(other)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, one + " and " + other + " exclude each other; say one.");
    }
  }
}
