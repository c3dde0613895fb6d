package io.drover.driver.internal.operation.disk;

/**
 * The names of the keys that the secrets of plugged disks are sealed with, while they are opened.
 */
public final class DiskKeys {
  private DiskKeys() {}

  /** The id of the object in QEMU. */
  public static String id(String alias) {
    return "key-of-" + alias;
  }
}
