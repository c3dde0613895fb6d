package io.drover.standalone.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics that a cluster must have: lines of {@code NAME PARTITIONS [KEY=VALUE...]}, empty lines
 * and {@code #} comments aside. The same file serves a cluster of many brokers.
 */
public record TopicPlan(List<Topic> topics) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /** One topic and its settings. */
  public record Topic(String name, int partitions, Map<String, String> settings) {}

  public static TopicPlan read(Path file) throws IOException {
    List<Topic> topics = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        topics.add(topic(file, text.split("\\s+")));
      }
    }
    return new TopicPlan(topics);
  }

  private static Topic topic(Path file, String[] words) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 2; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      if (pair.length != 2) {
        throw new IOException(file + ": \"" + words[i] + "\" is not KEY=VALUE");
      }
      settings.put(pair[0], pair[1]);
    }
    if (words.length < 2) {
      throw new IOException(file + ": \"" + words[0] + "\" lacks its number of partitions");
    }
    return new Topic(words[0], Integer.parseInt(words[1]), settings);
  }

  /** Creates those that are missing; those that exist are left as they are. */
  public void apply(String bootstrapServers) throws IOException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Set<String> present = admin.listTopics().names().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !present.contains(topic.name()))
              .map(
                  topic ->
                      new NewTopic(topic.name(), topic.partitions(), (short) 1)
                          .configs(topic.settings()))
              .toList();
      admin.createTopics(missing).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The topics cannot be created at " + bootstrapServers, e);
    }
  }
}
