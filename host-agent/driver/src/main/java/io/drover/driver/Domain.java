package io.drover.driver;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.definition.taint.Taint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A domain. A persistent one is the same object through all its runs; a transient one lives as long
 * as its QEMU. Methods may be called from any thread. While no QEMU exists the facts stay readable,
 * and methods that need it fail with {@code INVALID_STATE}.
 */
public interface Domain {
  DomainId id();

  String name();

  /** Whether its QEMU exists. */
  boolean active();

  /** Whether it is defined, and so outlives its QEMU. */
  boolean persistent();

  /** Whether it starts with the host. */
  boolean autostart();

  /**
   * The live definition while it is active, addresses and aliases included; else that of its next
   * start. Without the passwords of displays.
   */
  DomainDefinition definition();

  /** The definition of its next start, likewise; empty for a transient domain. */
  Optional<DomainDefinition> persistentDefinition();

  /** {@link #definition} as libvirt domain XML. */
  String definitionXml();

  /** The state that was seen last. */
  DomainStatus status();

  /**
   * The process id of its QEMU.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} for an inactive domain
   */
  long pid();

  /**
   * The accelerator that it runs on: {@code kvm} or {@code tcg}.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} for an inactive domain
   */
  String accelerator();

  /** What the caller attached at the start, as generation or project; kept in the journal. */
  Map<String, String> tags();

  /** Replaces the tags; they are on stable storage when the call returns. */
  void tag(Map<String, String> tags);

  /** What of it the driver cannot answer for; kept in the journal, logged when it came about. */
  Set<Taint> taints();

  /** The socket of the first serial console; empty when the domain has none. */
  Optional<Path> consoleSocket();

  /** What QEMU writes the first serial console to, besides the socket; empty without a console. */
  Optional<Path> consoleLog();

  /**
   * Asks the guest to power off and returns once it was asked; {@link DriverListener} and {@link
   * #awaitEnd} tell when it did.
   */
  void shutDown(ShutdownMode mode);

  /**
   * Ends QEMU: {@code quit}, SIGTERM, SIGKILL, each with a deadline. Returns when the process is
   * gone. Ending what has ended is fine.
   */
  void destroy();

  /**
   * Carries out an operation: waits until no other job holds the domain, and for its end. Of an
   * inactive domain the persistent definition is changed, when the operation applies to that alone.
   *
   * @return what its success tells
   * @throws io.drover.contracts.error.ProblemException says why it failed; nothing is changed then.
   *     {@code TIMED_OUT} when another job has held the domain for the operation's whole deadline
   */
  <R extends LiveResult> R execute(LiveOperation<R> operation);

  /**
   * Begins an operation and returns at once. It is journalled: after the end of this process the
   * next driver goes on with it, or undoes it. To submit a known id again gives the handle of what
   * runs or has ended, so that a caller that was killed can ask again. What changes an inactive
   * domain has ended when this returns, and its id is not kept.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} when a transient
   *     domain has ended, {@code UNAVAILABLE} when the driver is being closed
   */
  <R extends LiveResult> OperationHandle<R> submit(LiveOperation<R> operation, JobOptions options);

  /** What runs on the domain and what waits, in order; never waits itself. */
  List<JobInfo> jobs();

  /**
   * Ends a job: one that waits at once, one that runs as soon as it can.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NOT_FOUND}, or {@code INVALID_STATE}
   *     for one that runs and cannot be aborted
   */
  void abortJob(String id);

  /** Stops the virtual CPUs. */
  void pause();

  /** Lets the virtual CPUs run again. */
  void resume();

  /** Resets the machine as its reset button does. */
  void reset();

  /**
   * Waits for the end of QEMU; returns at once where none exists.
   *
   * @return the last status, or empty when the deadline passed
   */
  Optional<DomainStatus> awaitEnd(Duration deadline);

  /**
   * Sends any QMP command, for operators; the answer is the JSON text of {@code return}. Taints the
   * domain.
   *
   * @param argumentsJson a JSON object
   */
  String qmp(String command, String argumentsJson);
}
