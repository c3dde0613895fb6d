package io.drover.driver.internal.qmp;

import java.util.Map;

/** The commands that take a file descriptor along; see {@link QmpConnection#executeWith}. */
public final class Descriptors {
  private Descriptors() {}

  /** QEMU keeps the descriptor under a name until {@code closefd}. */
  public static QmpCommand<QmpCommand.EmptyReply> getfd(String name) {
    return QmpCommand.change("getfd", Map.of("fdname", name));
  }

  /** The set that the descriptor was put in; its file is {@code /dev/fdset/<id>}. */
  public static QmpCommand<Integer> addFd() {
    return new QmpCommand<>(
        "add-fd", Map.of(), reply -> reply.path("fdset-id").asInt(-1), TimeoutClass.CHANGE);
  }
}
