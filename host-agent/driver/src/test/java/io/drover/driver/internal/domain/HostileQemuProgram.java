package io.drover.driver.internal.domain;

import io.drover.driver.internal.qmp.FakeQmpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that stands in for a QEMU whose guest has broken out; ends as QEMU does. */
final class HostileQemuProgram {
  static final int MANY_ENDS = 20_000;
  static final int MANY_TURNS = 2_000;

  private HostileQemuProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    FakeQmpServer monitor = FakeQmpServer.listening(Path.of(arguments[0]));
    CountDownLatch ended = new CountDownLatch(1);
    monitor.on(
        "cont", id -> List.of(FakeQmpServer.event("RESUME", "{}"), FakeQmpServer.reply(id, "{}")));
    monitor.on(
        "query-status",
        id ->
            List.of(
                FakeQmpServer.reply(id, "{\"running\":true,\"status\":\"running\"}"),
                FakeQmpServer.CLOSE));
    monitor.on(
        "ends", id -> List.of(FakeQmpServer.event("SHUTDOWN", "{}").repeat(MANY_ENDS), answer(id)));
    monitor.on(
        "turns",
        id ->
            List.of(
                (FakeQmpServer.event("STOP", "{}") + FakeQmpServer.event("RESUME", "{}"))
                    .repeat(MANY_TURNS),
                answer(id)));
    monitor.on(
        "quit",
        id -> {
          ended.countDown();
          return List.of(answer(id));
        });
    ended.await();
  }

  private static String answer(String id) {
    return FakeQmpServer.reply(id, "{}");
  }
}
