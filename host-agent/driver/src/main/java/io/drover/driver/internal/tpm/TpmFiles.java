package io.drover.driver.internal.tpm;

import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import java.nio.file.Path;

/**
 * Where the files of one domain's emulated TPM are.
 *
 * @param kept everything that outlives a run, until the domain is undefined; the driver's own
 * @param running the socket of a run, in a folder of swtpm's user
 * @param log what swtpm and its setup say
 * @param authority the root's own certificate authority, which signs endorsement keys, in a folder
 *     of swtpm's user
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

  /** The state while it is made. */
  Path unfinished(boolean two) {
    return kept.resolve(two ? "tpm2.new" : "tpm1.2.new");
  }

  /** Says that the state outlives even a transient domain. */
  Path persistent() {
    return kept.resolve("persistent");
  }

  /** Where QEMU finds swtpm. */
  public Path socket() {
    return running.resolve("swtpm.sock");
  }

  /** The argument of swtpm that names the socket; no other process has it. */
  String control() {
    return "type=unixio,path=" + socket() + ",mode=0600";
  }

  /** There only while the setup runs; beside what is swtpm's user's. */
  Path passphrase() {
    return running.resolveSibling(running.getFileName() + ".key");
  }

  /** Of the setup; beside what is swtpm's user's, who only reads it. */
  Path setupConfiguration() {
    return authority.resolveSibling("setup.conf");
  }
}
