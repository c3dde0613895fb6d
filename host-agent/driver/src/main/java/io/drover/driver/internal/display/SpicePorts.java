package io.drover.driver.internal.display;

import io.drover.contracts.definition.device.Graphics;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.Map;

/**
 * Which of SPICE's two ports a display needs, by the modes of its channels.
 *
 * @param plain for channels that need no TLS
 * @param secure for those that need it
 */
record SpicePorts(boolean plain, boolean secure) {
  private static final List<String> CHANNELS =
      List.of("main", "display", "inputs", "cursor", "playback", "record", "smartcard", "usbredir");

  /**
   * What the channels need.
   *
   * @param tls whether the host has certificates for SPICE
   */
  static SpicePorts of(Graphics graphics, boolean tls) {
    Map<String, String> settings = graphics.settings();
    String byDefault = graphics.options().getOrDefault("defaultMode", "any");
    List<String> modes =
        CHANNELS.stream()
            .map(channel -> settings.getOrDefault("channel." + channel, "any"))
            .map(mode -> mode.equals("any") ? byDefault : mode)
            .toList();
    boolean any = modes.contains("any");
    SpicePorts ports =
        new SpicePorts(any || modes.contains("insecure"), any && tls || modes.contains("secure"));
    if (ports.secure && !tls) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "/domain/devices/graphics: A SPICE channel is to be secure and TLS for SPICE is off on"
              + " this host; set spice_tls = 1 in its settings or remove the mode 'secure'.");
    }
    return ports;
  }
}
