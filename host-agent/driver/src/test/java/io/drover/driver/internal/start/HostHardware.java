package io.drover.driver.internal.start;

import java.util.List;
import java.util.Map;

/**
 * Options that need hardware, kernel modules or services of a host that nothing can stand in for.
 * They are left out; the rest of their guest starts.
 */
final class HostHardware {
  private static final Map<String, List<String>> NEEDS =
      Map.of(
          "-device",
          List.of(
              "\"vfio-",
              "\"usb-host\"",
              "\"vhost-",
              "\"igb\"", // of newer QEMUs
              "\"scsi-generic\"",
              "\"scsi-block\"",
              "\"ivshmem-doorbell\""),
          "-blockdev",
          List.of("-backend\""), // of host devices
          "-object",
          List.of("\"sev-guest\"", "-backend-auth-secret", "\"pr-manager-helper\"", "_tls0\""),
          "-drive",
          List.of("if=sd"), // of machines that have such a slot
          "-display",
          List.of("egl-headless"),
          "-chardev",
          List.of("id=chr-vu-", "id=charshmem", "id=chr-vu-fs"),
          "-tpmdev",
          List.of("passthrough,"));

  private HostHardware() {}

  static boolean needs(String option, String value) {
    return NEEDS.getOrDefault(option, List.of()).stream().anyMatch(value::contains);
  }
}
