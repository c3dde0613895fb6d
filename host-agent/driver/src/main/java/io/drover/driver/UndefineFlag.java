package io.drover.driver;

/** What becomes of a domain's state when it is undefined; libvirt's flags. */
public enum UndefineFlag {
  /** Removes the firmware's variables. */
  NVRAM,
  /** Keeps the firmware's variables for a later domain of the same id. */
  KEEP_NVRAM,
  /** Removes a TPM's state even where its definition says {@code persistent_state='yes'}. */
  TPM,
  /** Keeps a TPM's state for a later domain of the same id. */
  KEEP_TPM
}
