package io.drover.standalone.kafka;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Replication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The topics that a cluster must have: lines of {@code NAME PARTITIONS [KEY=VALUE...]}, empty lines
 * and {@code #} comments aside; the line {@code default KEY=VALUE...} holds for all. The key {@code
 * replication} is the number of copies, the others are Kafka's own. The same file serves a cluster
 * of many brokers.
 */
public record TopicPlan(List<Topic> topics) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String DEFAULT = "default";
  private static final String REPLICATION = "replication";
  private static final String IN_SYNC = "min.insync.replicas";

  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /** One topic and its settings. */
  public record Topic(String name, int partitions, Map<String, String> settings) {
    /** As it is made in a cluster of so many brokers. */
    NewTopic in(int brokers) {
      Map<String, String> own = new TreeMap<>(settings);
      String copies = own.remove(REPLICATION);
      Replication replication =
          copies == null ? Replication.of(brokers) : Replication.copies(Integer.parseInt(copies));
      own.putIfAbsent(IN_SYNC, Integer.toString(replication.minInSync()));
      return new NewTopic(name, partitions, replication.copies()).configs(own);
    }
  }

  public static TopicPlan read(Path file) throws IOException {
    List<Topic> topics = new ArrayList<>();
    Map<String, String> defaults = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] words = text.split("\\s+");
      if (words[0].equals(DEFAULT)) {
        defaults.putAll(settings(file, words, 1));
      } else {
        topics.add(topic(file, words, defaults));
      }
    }
    return new TopicPlan(topics);
  }

  private static Topic topic(Path file, String[] words, Map<String, String> defaults)
      throws IOException {
    if (words.length < 2) {
      throw new IOException(file + ": \"" + words[0] + "\" lacks its number of partitions");
    }
    Map<String, String> settings = new TreeMap<>(defaults);
    settings.putAll(settings(file, words, 2));
    return new Topic(words[0], Integer.parseInt(words[1]), settings);
  }

  private static Map<String, String> settings(Path file, String[] words, int from)
      throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (int i = from; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      if (pair.length != 2) {
        throw new IOException(file + ": \"" + words[i] + "\" is not KEY=VALUE");
      }
      settings.put(pair[0], pair[1]);
    }
    return settings;
  }

  /**
   * Creates those that are missing, and gives those that exist the settings of the plan. The copies
   * and the partitions of a topic that exists are left as they are.
   */
  public void apply(KafkaSettings kafka) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(kafka.admin("drover-launcher"))) {
      int brokers =
          admin.describeCluster().nodes().get(DEADLINE.toSeconds(), TimeUnit.SECONDS).size();
      Set<String> present = admin.listTopics().names().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      List<NewTopic> all = topics.stream().map(topic -> topic.in(brokers)).toList();
      List<NewTopic> missing = new ArrayList<>(all);
      missing.removeIf(topic -> present.contains(topic.name()));
      admin.createTopics(missing).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      admin
          .incrementalAlterConfigs(
              all.stream()
                  .filter(topic -> present.contains(topic.name()))
                  .collect(Collectors.toMap(TopicPlan::resource, TopicPlan::changes)))
          .all()
          .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The topics cannot be created at " + kafka.servers(), e);
    }
  }

  private static ConfigResource resource(NewTopic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  /** What depends on the number of copies stays with the copies. */
  private static Collection<AlterConfigOp> changes(NewTopic topic) {
    return topic.configs().entrySet().stream()
        .filter(setting -> !setting.getKey().equals(IN_SYNC))
        .map(
            setting ->
                new AlterConfigOp(
                    new ConfigEntry(setting.getKey(), setting.getValue()),
                    AlterConfigOp.OpType.SET))
        .toList();
  }
}
