package io.drover.driver;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/** The disk formats that volumes and images may have; QEMU's own names in lower case. */
public enum ImageFormat {
  RAW("raw"),
  QCOW2("qcow2");

  private final String qemuName;

  ImageFormat(String qemuName) {
    this.qemuName = qemuName;
  }

  /** The name that QEMU and libvirt's {@code <driver type=.../>} use. */
  public String qemuName() {
    return qemuName;
  }

  /** Reads QEMU's name; anything but {@code raw} and {@code qcow2} is refused. */
  public static ImageFormat parse(String name) {
    for (ImageFormat format : values()) {
      if (format.qemuName.equals(name)) {
        return format;
      }
    }
    throw new ProblemException(
        ErrorCode.INVALID_REQUEST,
        "The disk format \"" + name + "\" is not supported; use raw or qcow2.");
  }
}
