package io.drover.contracts.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings that every Kafka client of every part is built from, by Kafka's own names. A client
 * that needs another value puts it into the map, with the reason.
 *
 * @param servers the bootstrap servers
 * @param security the connection's protection and authentication, for all clients
 */
public record KafkaSettings(String servers, KafkaSecurity security) {
  /** A cluster that is reached without authentication: a broker of one's own on loopback. */
  public static KafkaSettings plain(String servers) {
    return new KafkaSettings(servers, KafkaSecurity.NONE);
  }

  /**
   * A cluster as the environment settings of every part name it.
   *
   * @param settings the value of a variable; empty when it is not set
   */
  public static KafkaSettings of(String servers, Function<String, Optional<String>> settings) {
    return new KafkaSettings(servers, KafkaSecurity.read(settings));
  }

  /** A producer that loses, repeats and reorders nothing, and sends at once. */
  public Map<String, Object> producer(String clientId) {
    return named(producer(), clientId);
  }

  /**
   * The same for who hands over several records at once: they go in one request and not the first
   * alone, which the others would wait for. Costs a lone record a millisecond.
   */
  public Map<String, Object> batchProducer(String clientId) {
    Map<String, Object> settings = producer(clientId);
    settings.put("linger.ms", "1");
    return settings;
  }

  /** The same without a name, for a messaging connector that names its clients itself. */
  public Map<String, Object> producer() {
    Map<String, Object> settings = client();
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    // More than one request at once were seen to overtake each other over a restart of the broker.
    settings.put("max.in.flight.requests.per.connection", "1");
    settings.put("linger.ms", "0");
    settings.put("max.block.ms", "2000");
    settings.put("request.timeout.ms", "5000");
    settings.put("delivery.timeout.ms", "10000");
    return settings;
  }

  /** A consumer without a group: its partitions are assigned, its position is kept elsewhere. */
  public Map<String, Object> reader(String clientId) {
    Map<String, Object> settings = named(consumer(), clientId);
    settings.put("enable.auto.commit", "false");
    // Who asks for a topic that is missing is to learn it, not to make one by the broker's
    // defaults.
    settings.put("allow.auto.create.topics", "false");
    settings.put("default.api.timeout.ms", "5000");
    settings.put("request.timeout.ms", "4000");
    return settings;
  }

  /** A member of a consumer group; the messaging connector names it and commits for it. */
  public Map<String, Object> member() {
    Map<String, Object> settings = consumer();
    // After a kill the broker holds the dead member's partitions for this long.
    settings.put("session.timeout.ms", "10000");
    return settings;
  }

  /** An administrator of topics. */
  public Map<String, Object> admin(String clientId) {
    Map<String, Object> settings = named(client(), clientId);
    settings.put("request.timeout.ms", "5000");
    settings.put("default.api.timeout.ms", "10000");
    return settings;
  }

  private Map<String, Object> consumer() {
    Map<String, Object> settings = client();
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("fetch.min.bytes", "1");
    return settings;
  }

  private Map<String, Object> client() {
    Map<String, Object> settings = new LinkedHashMap<>(security.clientSettings());
    settings.put("bootstrap.servers", servers);
    settings.put("reconnect.backoff.ms", "50");
    settings.put("reconnect.backoff.max.ms", "1000");
    settings.put("retry.backoff.ms", "50");
    return settings;
  }

  private static Map<String, Object> named(Map<String, Object> settings, String clientId) {
    settings.put("client.id", clientId);
    return settings;
  }
}
