package io.drover.gateway.stream;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.gateway.config.GatewayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** All streams that are open, live or catching up: so many, and no more of one caller. */
@ApplicationScoped
class OpenStreams {
  private final int maxAll;
  private final int maxOfCaller;
  private final List<EventClient> open = new ArrayList<>();

  OpenStreams(GatewayConfig config, MeterRegistry metrics) {
    this.maxAll = config.stream().maxClients();
    this.maxOfCaller = config.stream().maxClientsOfCaller();
    metrics.gauge("drover.stream.clients", this, OpenStreams::count);
  }

  /** Takes the client in, or refuses one more than may be. */
  synchronized void admit(EventClient client) {
    long own = list().stream().filter(one -> one.caller().equals(client.caller())).count();
    if (own >= maxOfCaller) {
      throw refusal("You have " + own + " open streams, as many as one caller may; close one.");
    }
    if (open.size() >= maxAll) {
      throw refusal("There are " + maxAll + " open streams already; try again later.");
    }
    open.add(client);
  }

  synchronized void forget(EventClient client) {
    open.remove(client);
  }

  /** Those that are still open. */
  synchronized List<EventClient> list() {
    open.removeIf(EventClient::closed);
    return List.copyOf(open);
  }

  private int count() {
    return list().size();
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ErrorCode.TOO_MANY_REQUESTS, detail);
  }
}
