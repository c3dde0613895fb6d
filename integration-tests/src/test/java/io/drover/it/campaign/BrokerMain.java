package io.drover.it.campaign;

import io.drover.contracts.message.SecretText;
import io.drover.standalone.kafka.BrokerUsers;
import io.drover.standalone.kafka.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * The suite's broker in a process of its own, which can be killed and stopped, and which Kafka may
 * halt. It knows its users from its first start in the suite.
 */
final class BrokerMain {
  /** The variable with the administrator's password. */
  static final String PASSWORD = "BROKER_ADMIN_PASSWORD";

  private BrokerMain() {}

  /**
   * @param arguments the data folder, the port, the controller's port, the file to write when ready
   */
  public static void main(String[] arguments) throws Exception {
    String password = Objects.requireNonNull(System.getenv(PASSWORD), PASSWORD);
    KafkaBroker broker =
        KafkaBroker.start(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            new BrokerUsers(new SecretText(password), Map.of()));
    Files.writeString(Path.of(arguments[3]), broker.bootstrapServers());
    new CountDownLatch(1).await(); // until it is killed
  }
}
