package io.drover.driver.internal.qmp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may look at a display. */
public final class DisplayAccess {
  private DisplayAccess() {}

  /**
   * Sets the password of a display that asks for one.
   *
   * @param protocol vnc or spice
   * @param connected what becomes of viewers that are there: disconnect, keep or fail
   */
  public static QmpCommand<QmpCommand.EmptyReply> setPassword(
      String protocol, String password, Optional<String> connected) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("protocol", protocol);
    arguments.put("password", password);
    connected.ifPresent(word -> arguments.put("connected", word));
    return QmpCommand.change("set_password", arguments);
  }

  /**
   * Says how long the password lets somebody in.
   *
   * @param time {@code never}, {@code now}, or seconds since 1970
   */
  public static QmpCommand<QmpCommand.EmptyReply> expirePassword(String protocol, String time) {
    return QmpCommand.change("expire_password", Map.of("protocol", protocol, "time", time));
  }
}
