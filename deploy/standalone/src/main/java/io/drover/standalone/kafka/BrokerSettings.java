package io.drover.standalone.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of the one broker. Its listeners are on loopback and answer nobody who has not
 * logged in; {@code admin} alone may do what no access rule allows.
 */
record BrokerSettings(Path data, int port, int controllerPort) {
  /** Without passwords: what the folder is formatted with, and what stands in a file. */
  Properties withoutPasswords() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners", "CLIENT://127.0.0.1:" + port,
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "CLIENT",
            "log.dirs", data.resolve("log").toString(),
            "auto.create.topics.enable", "false"));
    properties.putAll(security());
    // One broker: nothing can have a second replica.
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1"));
    // Short sessions: after a kill the controller lets the same broker in again within seconds.
    properties.putAll(
        Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "broker.session.timeout.ms", "2000",
            "broker.heartbeat.interval.ms", "500",
            "log.cleaner.dedupe.buffer.size", "4194304"));
    return properties;
  }

  /** SCRAM's users are records of the cluster itself: its own administrator needs another way. */
  private static Map<String, String> security() {
    return Map.of(
        "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
        "listener.name.client.sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN",
        "listener.name.controller.sasl.enabled.mechanisms", "PLAIN",
        "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512",
        "sasl.mechanism.controller.protocol", "PLAIN",
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found", "false",
        "super.users", "User:" + BrokerUsers.ADMIN);
  }

  /** What the broker runs with. */
  Properties with(BrokerUsers users) {
    Properties properties = withoutPasswords();
    properties.put(
        "listener.name.client.scram-sha-512.sasl.jaas.config", users.adminLogin().jaas());
    properties.put("listener.name.client.plain.sasl.jaas.config", plainLogin(users, true));
    properties.put("listener.name.controller.plain.sasl.jaas.config", plainLogin(users, true));
    return properties;
  }

  /** How the administrator logs in while the cluster does not know its users yet. */
  Map<String, Object> firstClient(BrokerUsers users) {
    return Map.of(
        "bootstrap.servers", "127.0.0.1:" + port,
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "PLAIN",
        "sasl.jaas.config", plainLogin(users, false),
        "client.id", "drover-launcher");
  }

  /** The one user that PLAIN knows. */
  private static String plainLogin(BrokerUsers users, boolean server) {
    String password = users.admin().value();
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
            .formatted(BrokerUsers.ADMIN, password);
    return login + (server ? " user_%s=\"%s\";".formatted(BrokerUsers.ADMIN, password) : ";");
  }
}
