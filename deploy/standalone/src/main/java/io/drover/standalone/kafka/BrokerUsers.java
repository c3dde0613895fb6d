package io.drover.standalone.kafka;

import io.drover.contracts.message.KafkaSecurity;
import io.drover.contracts.message.SecretText;
import java.util.Map;

/**
 * Who may log in at the broker.
 *
 * @param admin the password of {@code admin}, whom nothing is refused
 * @param others passwords by the names of principals, whose rights are those of the {@link AclPlan}
 */
public record BrokerUsers(SecretText admin, Map<String, SecretText> others) {
  static final String ADMIN = "admin";

  public BrokerUsers {
    others = Map.copyOf(others);
  }

  KafkaSecurity.Login adminLogin() {
    return new KafkaSecurity.Login(ADMIN, admin);
  }
}
