package io.drover.gateway.console;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.time.Duration;

/**
 * Joins two WebSockets. A side that does not take what is written stops the reading of the other; a
 * pipe without traffic is closed. Each side's handlers run on its own event loop.
 */
final class ConsolePipe {
  private static final short IDLE = 4000;
  private static final short NORMAL = 1000;
  private static final int CHECKS = 4;

  private final Vertx vertx;
  private final WebSocketBase tenant;
  private final WebSocketBase agent;
  private final long idleMillis;
  private volatile boolean active = true;
  private volatile int quietChecks;

  ConsolePipe(Vertx vertx, WebSocketBase tenant, WebSocketBase agent, Duration idleLimit) {
    this.vertx = vertx;
    this.tenant = tenant;
    this.agent = agent;
    this.idleMillis = idleLimit.toMillis();
  }

  void start() {
    long timer = vertx.setPeriodic(Math.max(1, idleMillis / CHECKS), id -> check());
    forward(tenant, agent);
    forward(agent, tenant);
    tenant.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          agent.close(NORMAL);
        });
    agent.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          tenant.close(NORMAL, "The console has ended.");
        });
    agent.resume();
    tenant.resume();
  }

  private void forward(WebSocketBase from, WebSocketBase to) {
    from.handler(data -> write(from, to, data));
    from.exceptionHandler(failure -> from.close());
    to.drainHandler(drained -> from.resume());
  }

  private void write(WebSocketBase from, WebSocketBase to, Buffer data) {
    active = true;
    if (to.isClosed()) {
      return;
    }
    to.write(data);
    if (to.writeQueueFull()) {
      from.pause();
    }
  }

  private void check() {
    if (active) {
      active = false;
      quietChecks = 0;
      return;
    }
    quietChecks = quietChecks + 1;
    if (quietChecks >= CHECKS) {
      tenant.close(IDLE, "The console was idle for too long.");
    }
  }
}
