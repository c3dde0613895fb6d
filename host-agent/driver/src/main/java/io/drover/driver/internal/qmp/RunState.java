package io.drover.driver.internal.qmp;

import java.util.Map;

/** The commands that start, stop and end a machine. */
public final class RunState {
  private RunState() {}

  /**
   * The answer of {@code query-status}.
   *
   * @param status QEMU's word, as {@code running}, {@code prelaunch}, {@code io-error}
   */
  public record Status(boolean running, String status) {}

  public static QmpCommand<Status> queryStatus() {
    return new QmpCommand<>(
        "query-status",
        Map.of(),
        reply ->
            new Status(reply.path("running").asBoolean(), reply.path("status").asText("unknown")),
        TimeoutClass.QUERY);
  }

  /** Lets the virtual CPUs run; the event RESUME comes before the reply. */
  public static QmpCommand<QmpCommand.EmptyReply> cont() {
    return QmpCommand.change("cont", Map.of());
  }

  public static QmpCommand<QmpCommand.EmptyReply> stop() {
    return QmpCommand.change("stop", Map.of());
  }

  /** Presses the ACPI power button; what the guest makes of it is told by events. */
  public static QmpCommand<QmpCommand.EmptyReply> systemPowerdown() {
    return QmpCommand.change("system_powerdown", Map.of());
  }

  public static QmpCommand<QmpCommand.EmptyReply> systemReset() {
    return QmpCommand.change("system_reset", Map.of());
  }

  /** Ends QEMU; the event SHUTDOWN comes before the reply, the end of the connection after it. */
  public static QmpCommand<QmpCommand.EmptyReply> quit() {
    return new QmpCommand<>(
        "quit", Map.of(), reply -> QmpCommand.EmptyReply.DONE, TimeoutClass.QUERY);
  }
}
