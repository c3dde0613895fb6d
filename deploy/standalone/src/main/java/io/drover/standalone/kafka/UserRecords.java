package io.drover.standalone.kafka;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Writes the users' salted passwords into the cluster's metadata, at every start: the folder may be
 * older than the users, and a password may have been made anew.
 */
record UserRecords(Map<String, Object> administrator) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Kafka's minimum. The passwords are random: there is nothing that more rounds would protect. */
  private static final int ITERATIONS = 4096;

  void write(BrokerUsers users) throws IOException, InterruptedException {
    List<UserScramCredentialAlteration> changes = new ArrayList<>();
    changes.add(change(BrokerUsers.ADMIN, users.admin()));
    users.others().forEach((name, password) -> changes.add(change(name, password)));
    try (Admin admin = Admin.create(administrator)) {
      admin.alterUserScramCredentials(changes).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The users of Kafka cannot be made", e);
    }
  }

  private static UserScramCredentialAlteration change(String name, SecretText password) {
    return new UserScramCredentialUpsertion(
        name,
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
        password.value().getBytes(StandardCharsets.UTF_8));
  }

  /** The broker learns of a user a moment after the controller has it; a login fails until then. */
  static void awaitLogin(KafkaSettings login) throws IOException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try (Admin admin = Admin.create(login.admin("drover-launcher"))) {
        admin.describeCluster().nodes().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException e) {
        boolean unknownYet = e.getCause() instanceof AuthenticationException;
        if (!unknownYet || System.nanoTime() - end > 0) {
          throw new IOException("The administrator of Kafka cannot log in", e);
        }
      }
    }
  }
}
