package io.drover.driver;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.id.DomainId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The QEMU driver of one root folder: starts domains, watches them and finds them again. All
 * methods may be called from any thread, callbacks of {@link DriverListener} included; each domain
 * has a QMP thread and serial executors of its own, so a domain that hangs delays no other.
 *
 * <p>Errors are {@link io.drover.contracts.error.ProblemException}s.
 */
public interface QemuDriver extends AutoCloseable {
  /**
   * Opens a root, which stays this driver's alone until {@link #close}, and finds its domains
   * again.
   *
   * @param uri {@code qemu:///embed?root=/some/dir}, {@code qemu:///system} or {@code
   *     qemu:///session}
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_REQUEST} for another URI,
   *     {@code LIMIT_EXCEEDED} for a root that is too long, {@code IN_USE} when another driver has
   *     it
   */
  static QemuDriver open(URI uri, DriverOptions options) {
    DriverLayout layout = DriverLayout.of(uri, name -> Optional.ofNullable(System.getenv(name)));
    return DriverProvider.installed().open(layout, options);
  }

  /** Where this driver keeps its files. */
  DriverLayout layout();

  /** The root's own secrets, which starts look into before the {@link SecretSource}. */
  Secrets secrets();

  /**
   * What the emulators and accelerators of this host can really do. The first call on a host may
   * wait for the probe to end (some seconds); later ones and warm starts answer from the cache.
   */
  HostCapabilities capabilities();

  /**
   * What one kind of domain can have on this host: firmware, CPUs, devices. Waits as {@link
   * #capabilities} does.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_REQUEST} for a machine or a
   *     type that the emulator does not have, {@code EMULATOR_UNUSABLE} for an emulator or an
   *     accelerator that cannot be used here, with the reason
   */
  DomainCapabilities domainCapabilities(CapabilityQuery query);

  /**
   * Every domain, active (unresponsive ones included) and inactive, in the order of their names.
   */
  default List<Domain> domains() {
    return domains(DomainFilter.all());
  }

  /** The domains that a filter accepts, in the order of their names. */
  List<Domain> domains(DomainFilter filter);

  /** The domain of this id, active or inactive. */
  Optional<Domain> find(DomainId id);

  /** The domain of this name, active or inactive. */
  Optional<Domain> find(String name);

  /**
   * Defines a domain, which lasts until {@link #undefine}, or replaces its definition: an active
   * domain is changed at its next start. A definition without a UUID gets one. It is completed by
   * what this host's emulators offer, and on stable storage when the call returns. An active
   * transient domain becomes persistent.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_DEFINITION}, {@code
   *     EMULATOR_UNUSABLE}, {@code NAME_TAKEN} when another domain has the name, or the domain of
   *     this UUID another name; {@code INVALID_STATE} when the file of that name cannot be read
   */
  Domain define(DomainDefinition definition);

  /** As {@link #define(DomainDefinition)}, of libvirt domain XML. */
  default Domain define(String domainXml) {
    return define(DomainXml.read(domainXml));
  }

  /**
   * Gives an inactive persistent domain another name.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NOT_FOUND}, {@code INVALID_STATE}
   *     while it is active, {@code NAME_TAKEN}, {@code INVALID_DEFINITION}
   */
  Domain rename(DomainId id, String name);

  /**
   * Says whether a persistent domain starts with the host: once a boot of the host, in the
   * background, when the root is opened first.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NOT_FOUND}, {@code INVALID_STATE} for
   *     a transient domain
   */
  void autostart(DomainId id, boolean starts);

  /**
   * Starts a persistent domain by its definition, as {@link #start(DomainDefinition, StartOptions)}
   * does.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NOT_FOUND} when none is defined
   */
  Domain start(DomainId id, StartOptions options);

  /**
   * Starts a domain and returns once its CPUs run (or QEMU waits, with {@link
   * StartOptions#paused}). A definition without a UUID gets one. The domain is transient, unless
   * one of its name and UUID is defined: then this run alone has the given definition.
   *
   * @param definition its disks name files, devices or networks; volumes of a pool are the caller's
   *     to resolve
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} when a QEMU of this id
   *     is there, {@code NAME_TAKEN} when another domain has the name, {@code EMULATOR_UNUSABLE},
   *     {@code KEY_UNAVAILABLE}, {@code INVALID_DEFINITION}, {@code QEMU_START_FAILED} with QEMU's
   *     last words; nothing of it runs then
   */
  Domain start(DomainDefinition definition, StartOptions options);

  /** As {@link #start(DomainDefinition, StartOptions)}, of libvirt domain XML. */
  default Domain start(String domainXml, StartOptions options) {
    return start(DomainXml.read(domainXml), options);
  }

  /**
   * Removes a domain's definition, and what it has left behind besides its disks and logs: firmware
   * variables and the state of its TPM. An active persistent domain becomes transient; its TPM's
   * state stays then. A TPM's state goes unless {@link UndefineFlag#KEEP_TPM} is given; where its
   * definition says {@code persistent_state='yes'} it stays unless {@link UndefineFlag#TPM} is.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} for an active
   *     transient domain, when it has firmware variables and the flags say nothing of them, and for
   *     {@link UndefineFlag#TPM} while its TPM is in use; nothing has changed then
   */
  void undefine(DomainId id, Set<UndefineFlag> flags);

  /**
   * Makes the network of isolated guests unless it is there, so that the first of them need not
   * wait for it; see {@link StartOptions#isolated}.
   *
   * @throws io.drover.contracts.error.ProblemException {@code HOST_RESOURCE_MISSING} with the
   *     remedy when this host cannot isolate guests that have network cards
   */
  void prepareIsolation();

  /**
   * QEMU processes under this root that the journal does not know. They are never touched; a start
   * of the same domain is refused while one runs.
   */
  List<UnknownQemu> unknownQemus();

  /**
   * Registers a listener for all domains. Each domain's events arrive in order, one at a time, on a
   * thread that may call any API. Close the subscription to stop it.
   */
  Subscription listen(DriverListener listener);

  /** Gives the root up. Guests go on running; the next opening of the root finds them again. */
  @Override
  void close();

  /**
   * Gives the root up and removes its tree, which is only the driver's part of it: what else lies
   * under the root stays. Secrets, settings and certificates are part of the tree.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} while domains run,
   *     which it names, and for {@code qemu:///system} and {@code qemu:///session}; nothing has
   *     changed then and the driver stays open
   */
  void purge();

  /** An active registration; closing it twice is fine. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
