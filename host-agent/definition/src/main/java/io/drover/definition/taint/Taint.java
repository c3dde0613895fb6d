package io.drover.definition.taint;

/**
 * Why a running domain is not all that the driver can answer for; libvirt's words. Support asks for
 * them first.
 */
public enum Taint {
  /** Words or variables were passed to QEMU past the definition's model. */
  CUSTOM_ARGV("custom-argv"),
  /** Somebody sent QEMU a command past the driver. */
  CUSTOM_MONITOR("custom-monitor"),
  /** QEMU runs as root, or with raw I/O. */
  HIGH_PRIVILEGES("high-privileges"),
  /** A script sets up a network card. */
  SHELL_SCRIPTS("shell-scripts"),
  /** The CPU is the host's own, which another host may not have. */
  HOST_CPU("host-cpu"),
  /** A CD-ROM drive of the host is passed through. */
  CDROM_PASSTHROUGH("cdrom-passthrough"),
  /** The device tree is not QEMU's. */
  CUSTOM_DTB("custom-dtb"),
  /** What QEMU is said to be able to do was changed. */
  CUSTOM_HYPERVISOR_FEATURE("custom-hypervisor-feature"),
  /** It uses a machine or CPU that QEMU will drop. */
  DEPRECATED_CONFIG("deprecated-config"),
  /** Properties of devices were overridden. */
  CUSTOM_DEVICE("custom-device");

  private final String word;

  Taint(String word) {
    this.word = word;
  }

  /** libvirt's word. */
  public String word() {
    return word;
  }

  /**
   * The taint of this word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Taint ofWord(String word) {
    for (Taint taint : values()) {
      if (taint.word.equals(word)) {
        return taint;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no taint");
  }
}
