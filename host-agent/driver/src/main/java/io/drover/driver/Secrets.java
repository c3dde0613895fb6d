package io.drover.driver;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The secrets of one root, as libvirt's secret driver keeps them: what disks, displays and TPMs are
 * encrypted with. A start looks here first and then in the {@link SecretSource}. Values are
 * encrypted at rest with AES-256-GCM under a key of the root's own; the folder is private to its
 * owner. Any thread.
 *
 * <p>Errors are {@link io.drover.contracts.error.ProblemException}s.
 */
public interface Secrets {
  /**
   * Defines a secret or changes its definition; its value stays.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NAME_TAKEN} when another secret has
   *     this usage
   */
  void define(Definition definition);

  /**
   * Sets the value, which the caller wipes afterwards.
   *
   * @throws io.drover.contracts.error.ProblemException {@code NOT_FOUND} when none is defined
   */
  void setValue(UUID id, byte[] value);

  /**
   * The value; the caller closes it.
   *
   * @throws io.drover.contracts.error.ProblemException {@code FORBIDDEN} for a private secret,
   *     {@code NOT_FOUND} when it has no value
   */
  SecretBytes value(UUID id);

  /** The secret of this id. */
  Optional<Definition> find(UUID id);

  /** All secrets, without their values. */
  List<Definition> all();

  /** Removes the secret with its value; absent is fine. */
  void undefine(UUID id);

  /**
   * A secret without its value.
   *
   * @param usageType volume, ceph, iscsi, tls, vtpm or vnc; empty for one that is named by id only
   * @param usage what it is for, as the path of a volume; unique within its type
   * @param ephemeral whether it is kept in memory only
   * @param secluded libvirt's {@code private}: the value is for starts alone and told to no caller
   */
  record Definition(
      UUID id,
      String description,
      String usageType,
      String usage,
      boolean ephemeral,
      boolean secluded) {
    /** One that is named by its id, kept on disk and told to callers. */
    public static Definition of(UUID id) {
      return new Definition(id, "", "", "", false, false);
    }

    public Definition withUsage(String type, String newUsage) {
      return new Definition(id, description, type, newUsage, ephemeral, secluded);
    }

    public Definition withEphemeral(boolean value) {
      return new Definition(id, description, usageType, usage, value, secluded);
    }

    public Definition withSecluded(boolean value) {
      return new Definition(id, description, usageType, usage, ephemeral, value);
    }
  }
}
