package io.drover.gateway.console;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.gateway.config.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts consoles, so that one caller does not take those of all others. Thread-safe. */
@ApplicationScoped
class OpenConsoles {
  private final int most;
  private final int mostOfCaller;
  private final Map<String, Integer> ofCallers = new HashMap<>();
  private int all;

  OpenConsoles(GatewayConfig config) {
    this.most = config.console().maxOpen();
    this.mostOfCaller = config.console().maxOpenOfCaller();
  }

  /**
   * Takes a place for one more.
   *
   * @return gives the place back; again has no effect
   * @throws ProblemException {@code TOO_MANY_REQUESTS}
   */
  synchronized Runnable take(String caller) {
    int before = ofCallers.getOrDefault(caller, 0);
    if (before >= mostOfCaller) {
      throw refusal("You have " + before + " consoles open; close one, then open this one.");
    }
    if (all >= most) {
      throw refusal("All " + most + " consoles of this gateway are in use; try again later.");
    }
    all++;
    ofCallers.put(caller, before + 1);
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        giveBack(caller);
      }
    };
  }

  private synchronized void giveBack(String caller) {
    all--;
    ofCallers.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ErrorCode.TOO_MANY_REQUESTS, detail);
  }
}
