package io.drover.standalone.kafka;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSecurity;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.SecretText;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users with passwords that a test knows, and the plans of the checkout. */
final class TestUsers {
  static final HostId HOST = HostId.parse("11111111-2222-4333-8444-555555555555");
  static final HostId OTHER_HOST = HostId.parse("99999999-2222-4333-8444-555555555555");
  static final Path PLANS = Path.of(System.getProperty("project.root"), "deploy/kafka");

  private TestUsers() {}

  static BrokerUsers all() {
    Map<String, SecretText> users = new HashMap<>();
    for (String part : List.of("gateway", "scheduler", "secrets", "automation")) {
      users.put(part, password(part));
    }
    for (HostId host : List.of(HOST, OTHER_HOST)) {
      users.put(AclPlan.principalOf(host), password(AclPlan.principalOf(host)));
    }
    return new BrokerUsers(password("admin"), users);
  }

  static KafkaSettings login(KafkaBroker broker, String user) {
    return login(broker, user, password(user));
  }

  static KafkaSettings login(KafkaBroker broker, String user, SecretText password) {
    return new KafkaSettings(broker.bootstrapServers(), KafkaSecurity.login(user, password));
  }

  private static SecretText password(String user) {
    return new SecretText("password of " + user);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
