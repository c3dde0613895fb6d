package io.drover.gateway.console;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.time.Duration;
import java.time.Instant;

/**
 * Joins two WebSockets. A side that does not take what is written stops the reading of the other; a
 * pipe without traffic, and one whose login has ended, is closed. Each side's handlers run on its
 * own event loop.
 */
final class ConsolePipe {
  private static final short IDLE = 4000;
  private static final short LOGIN_ENDED = 4401;
  private static final short NORMAL = 1000;
  private static final int CHECKS = 4;
  private static final int FIRST_OF_AGENTS = 4000;
  private static final int LAST_OF_AGENTS = 4999;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Vertx vertx;
  private final WebSocketBase tenant;
  private final WebSocketBase agent;
  private final long idleMillis;
  private volatile boolean active = true;
  private volatile int quietChecks;

  /**
   * What ends with the pipe, and with what it ends.
   *
   * @param until when the login ends
   * @param place given back when the pipe is closed
   */
  record End(Instant until, Runnable place) {}

  ConsolePipe(Vertx vertx, WebSocketBase tenant, WebSocketBase agent, Duration idleLimit) {
    this.vertx = vertx;
    this.tenant = tenant;
    this.agent = agent;
    this.idleMillis = idleLimit.toMillis();
  }

  void start(End end, Instant now) {
    long idle = vertx.setPeriodic(Math.max(1, idleMillis / CHECKS), id -> check());
    long login = vertx.setTimer(millisBetween(now, end.until()), id -> loginEnded());
    forward(tenant, agent);
    forward(agent, tenant);
    tenant.closeHandler(
        closed -> {
          vertx.cancelTimer(idle);
          vertx.cancelTimer(login);
          end.place().run();
          agent.close(NORMAL);
        });
    agent.closeHandler(closed -> passOnTheEnd());
    agent.resume();
    tenant.resume();
  }

  private static long millisBetween(Instant now, Instant until) {
    Instant last = now.plus(LONGEST);
    return Math.max(1, Duration.between(now, until.isBefore(last) ? until : last).toMillis());
  }

  private void loginEnded() {
    tenant.close(LOGIN_ENDED, "The login of this console has ended; open it again.");
  }

  /** The agent's own reasons are for the viewer: that it reads too slowly, that there are many. */
  private void passOnTheEnd() {
    Short code = agent.closeStatusCode();
    if (code != null && code >= FIRST_OF_AGENTS && code <= LAST_OF_AGENTS) {
      tenant.close(code, agent.closeReason());
    } else {
      tenant.close(NORMAL, "The console has ended.");
    }
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
