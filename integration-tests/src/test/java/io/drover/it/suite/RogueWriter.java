package io.drover.it.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.KafkaSecurity;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.SecretText;
import io.drover.contracts.signature.BusKeys;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceKey;
import io.drover.standalone.kafka.AclPlan;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Writes to the suite's broker as others do than who should: with logins that were stolen, another
 * host's among them, and with none. Closing it takes that host back.
 */
public final class RogueWriter implements AutoCloseable {
  private static final long SECONDS = 20;

  private final KafkaSettings admin;
  private final HostId host = new HostId(UUID.randomUUID());
  private final SourceKey hostKey;
  private final Map<Sender, KafkaProducer<String, byte[]>> producers = new EnumMap<>(Sender.class);

  /** Who writes. */
  public enum Sender {
    /** A host of the suite, with its own login and its own key. */
    ANOTHER_HOST,
    /** A tenant with the token that opens the API. */
    TENANT,
    AUTOMATION,
    /** A program of this machine without a login. */
    NOBODY,
    /** The logins of services alone, without their keys. */
    GATEWAY,
    SCHEDULER,
    SECRETS
  }

  private RogueWriter(RunningSuite suite) {
    admin = suite.suite().kafka().admin();
    hostKey =
        BusKeys.read(suite.suite().credentials().busKeyFile(), "DROVER_BUS_KEYS_FILE")
            .keyOf(EventSource.hostAgent(host));
  }

  /** Makes another host with a login and its rights, as an administrator does. */
  public static RogueWriter join(RunningSuite suite) throws Exception {
    RogueWriter writer = new RogueWriter(suite);
    SecretText password = new SecretText("another-host");
    String user = AclPlan.principalOf(writer.host);
    try (Admin broker = Admin.create(writer.admin.admin("drover-integration-tests"))) {
      broker
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      user,
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      password.value().getBytes(UTF_8))))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
    AclPlan.read(suite.suite().options().checkout().resolve("deploy/kafka/acls"))
        .apply(writer.admin, Set.of(writer.host));
    writer.connect(suite, user, password);
    return writer;
  }

  private void connect(RunningSuite suite, String user, SecretText password) {
    open(Sender.ANOTHER_HOST, login(user, password));
    open(Sender.TENANT, login("alice", new SecretText(suite.as("alice").authorization())));
    for (Sender part :
        List.of(Sender.AUTOMATION, Sender.GATEWAY, Sender.SCHEDULER, Sender.SECRETS)) {
      String name = part.name().toLowerCase(Locale.ROOT);
      open(part, login(name, new SecretText(suite.suite().credentials().of("kafka-" + name))));
    }
    open(Sender.NOBODY, KafkaSettings.plain(admin.servers()));
    Awaitility.await("the broker to know the other host")
        .atMost(RunningSuite.patience())
        .until(() -> knows(login(user, password)));
  }

  private static boolean knows(KafkaSettings login) throws Exception {
    try (Admin broker = Admin.create(login.admin("drover-integration-tests"))) {
      broker.describeCluster().nodes().get(SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private KafkaSettings login(String user, SecretText password) {
    return new KafkaSettings(admin.servers(), KafkaSecurity.login(user, password));
  }

  private void open(Sender sender, KafkaSettings settings) {
    Map<String, Object> producer = settings.producer("drover-integration-tests-" + sender);
    if (sender == Sender.NOBODY) {
      producer.put("max.block.ms", "300"); // the broker hangs up, as often as it is asked
    }
    producers.put(
        sender, new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()));
  }

  /** The other host. */
  public HostId host() {
    return host;
  }

  /**
   * Tries to write.
   *
   * @return where the broker put it; empty when it took nothing
   */
  public Optional<RecordMetadata> write(Sender sender, ForgedRecord record) throws Exception {
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    record.headers().forEach(out.headers()::add);
    if (sender == Sender.ANOTHER_HOST) {
      String seal =
          hostKey.seal(
              new SignedRecord(record.topic(), record.key(), record.headers(), record.value()));
      out.headers().add(SignedRecord.HEADER, seal.getBytes(UTF_8));
    }
    try {
      return Optional.of(
          Objects.requireNonNull(producers.get(sender)).send(out).get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return refused(sender, e.getCause());
    } catch (KafkaException e) {
      return refused(sender, e);
    }
  }

  /** Anything but a refusal is a failure of the test. */
  private static Optional<RecordMetadata> refused(Sender sender, Throwable why) {
    boolean refusal =
        why instanceof AuthorizationException
            || why instanceof AuthenticationException
            || (sender == Sender.NOBODY && why instanceof TimeoutException);
    if (!refusal) {
      throw new AssertionError(sender + " was not refused, but failed", why);
    }
    return Optional.empty();
  }

  @Override
  public void close() throws Exception {
    producers.values().forEach(KafkaProducer::close);
    String user = AclPlan.principalOf(host);
    try (Admin broker = Admin.create(admin.admin("drover-integration-tests"))) {
      broker
          .deleteAcls(
              List.of(
                  new AclBindingFilter(
                      ResourcePatternFilter.ANY,
                      new AccessControlEntryFilter(
                          "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY))))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
      broker
          .alterUserScramCredentials(
              List.of(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512)))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }
}
