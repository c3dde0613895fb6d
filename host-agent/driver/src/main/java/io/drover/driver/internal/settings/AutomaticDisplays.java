package io.drover.driver.internal.settings;

import java.util.Set;

/**
 * Where displays listen whose definition leaves it to the host.
 *
 * @param vncSocket on a socket in the domain's folder, else on a TCP port
 * @param spiceSocket the same for SPICE
 * @param displays the TCP ports of displays
 * @param websockets the TCP ports of VNC's websockets
 */
public record AutomaticDisplays(
    boolean vncSocket, boolean spiceSocket, PortRange displays, PortRange websockets) {
  static final Set<String> KEYS =
      Set.of(
          "vnc_auto_unix_socket",
          "spice_auto_unix_socket",
          "remote_display_port_min",
          "remote_display_port_max",
          "remote_websocket_port_min",
          "remote_websocket_port_max");

  private static final int LOWEST_DISPLAY = 5900;
  private static final int LOWEST_WEBSOCKET = 5700;

  static AutomaticDisplays read(QemuConf conf) {
    return new AutomaticDisplays(
        conf.flag("vnc_auto_unix_socket", true),
        conf.flag("spice_auto_unix_socket", true),
        PortRange.read(conf, "remote_display_port", LOWEST_DISPLAY),
        PortRange.read(conf, "remote_websocket_port", LOWEST_WEBSOCKET));
  }
}
