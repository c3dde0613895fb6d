package io.drover.gateway.quota.model;

/** What a project may have only so much of. */
public enum QuotaItem {
  /** Domains that are defined, running or not; each stores a definition. */
  DOMAINS("domains", "domains"),
  /** Virtual CPUs of all defined domains. */
  VCPUS("vcpus", "vCPUs"),
  /** Guest memory of all defined domains, in MiB. */
  MEMORY_MIB("memoryMib", "MiB of memory"),
  /** Volumes, failed ones included until they are deleted. */
  VOLUMES("volumes", "volumes"),
  /**
   * Capacity of all volumes as guests see it, in bytes; open operations that add to it included.
   */
  VOLUME_BYTES("volumeBytes", "bytes of volumes"),
  /** Operations that have not ended. */
  OPEN_OPERATIONS("openOperations", "open operations");

  private final String member;
  private final String words;

  QuotaItem(String member, String words) {
    this.member = member;
    this.words = words;
  }

  /** Its name in JSON. */
  public String member() {
    return member;
  }

  /** What one counts, in a sentence behind a number. */
  public String words() {
    return words;
  }
}
