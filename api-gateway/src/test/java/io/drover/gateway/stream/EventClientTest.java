package io.drover.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

class EventClientTest {
  private final List<String> sent = new ArrayList<>();
  private final EventClient client =
      new EventClient(
          new ClientConnection(new Sink(), new SseImpl(), noRequest()),
          new StreamReader(
              "me", Instant.MAX, new StreamFilter("p", Optional.empty(), Optional.empty())),
          StreamPosition.of(Map.of(0, 0L)),
          10);

  /** Only cutting a connection asks for it. */
  private static HttpServerRequest noRequest() {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            HttpServerRequest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private final class Sink implements SseEventSink {
    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      sent.add(event.getComment() == null ? event.getName() : ":" + event.getComment());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      sent.add("end");
    }
  }

  @Test
  void aHeartbeatNeverBeginsTheResponse() {
    client.heartbeat();
    assertThat(sent).isEmpty();
    client.greet();
    client.heartbeat();
    assertThat(sent).containsExactly(":alive", ":alive");
  }

  @Test
  void theResponseBeginsOnce() {
    client.greet();
    client.greet();
    client.offer(new StreamEvent(0, 0, "t", "p", "s", "o", "{}"));
    assertThat(sent).containsExactly(":alive", "t");
  }
}
