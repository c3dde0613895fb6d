package io.drover.driver.internal.qmp;

import java.util.List;
import java.util.Map;

/** The keyboard of a machine. */
public final class Keyboard {
  private Keyboard() {}

  /**
   * Presses keys at once and lets them go after a time.
   *
   * @param keys QEMU's codes
   */
  public static QmpCommand<QmpCommand.EmptyReply> send(List<String> keys, int holdMillis) {
    List<Map<String, String>> pressed =
        keys.stream().map(key -> Map.of("type", "qcode", "data", key)).toList();
    return QmpCommand.change("send-key", Map.of("keys", pressed, "hold-time", holdMillis));
  }
}
