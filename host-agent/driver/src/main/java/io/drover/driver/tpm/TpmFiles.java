package io.drover.driver.tpm;

import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import java.nio.file.Path;

/**
 * Where the files of one domain's emulated TPM are.
 *
 * @param kept everything that outlives a run, until the domain is undefined
 * @param running the socket and the process number of a run
 * @param log what swtpm and its setup say
 * @param authority the root's own certificate authority, which signs endorsement keys
 */
public record TpmFiles(Path kept, Path running, Path log, Path authority) {
  /**
   * The files of this domain.
   *
   * @param shortName of the domain's own folder, so that the socket's path stays short
   */
  public static TpmFiles of(DriverLayout layout, DomainId id, String shortName) {
    return new TpmFiles(
        kept(layout, id),
        layout.swtpmState().resolve(shortName),
        layout.swtpmLog().resolve(id + "-swtpm.log"),
        layout.swtpmLib().resolve("ca"));
  }

  static Path kept(DriverLayout layout, DomainId id) {
    return layout.swtpmLib().resolve(id.toString());
  }

  /** The state of a module of this version; a domain may change from one to the other. */
  Path state(boolean two) {
    return kept.resolve(two ? "tpm2" : "tpm1.2");
  }

  /** Says that the state outlives even a transient domain. */
  Path persistent() {
    return kept.resolve("persistent");
  }

  /** Where QEMU finds swtpm. */
  public Path socket() {
    return running.resolve("swtpm.sock");
  }

  Path pid() {
    return running.resolve("swtpm.pid");
  }

  /** There only while the setup runs. */
  Path passphrase() {
    return running.resolve("setup.key");
  }

  Path setupConfiguration() {
    return authority.resolve("setup.conf");
  }
}
