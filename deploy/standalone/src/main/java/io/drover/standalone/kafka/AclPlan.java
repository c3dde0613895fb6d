package io.drover.standalone.kafka;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what: lines of {@code PRINCIPAL OPERATION[,OPERATION] TYPE NAME}, empty lines and
 * {@code #} comments aside. A name that ends in {@code *} is a prefix; {@code {host}} stands for
 * the id of a host. What no line allows is refused.
 */
public record AclPlan(List<Line> lines) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String HOST = "{host}";

  public AclPlan {
    lines = List.copyOf(lines);
  }

  /** One rule, of any host when it names none. */
  public record Line(
      String principal, List<AclOperation> operations, ResourceType type, String name) {
    boolean ofEachHost() {
      return principal.contains(HOST);
    }

    Line of(HostId host) {
      return new Line(
          principal.replace(HOST, host.toString()),
          operations,
          type,
          name.replace(HOST, host.toString()));
    }

    List<AclBinding> bindings() {
      boolean prefix = name.endsWith("*");
      ResourcePattern resource =
          new ResourcePattern(
              type,
              prefix ? name.substring(0, name.length() - 1) : name,
              prefix ? PatternType.PREFIXED : PatternType.LITERAL);
      return operations.stream()
          .map(
              operation ->
                  new AclBinding(
                      resource,
                      new AccessControlEntry(
                          "User:" + principal, "*", operation, AclPermissionType.ALLOW)))
          .toList();
    }
  }

  public static AclPlan read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        lines.add(line(file, text));
      }
    }
    return new AclPlan(lines);
  }

  private static Line line(Path file, String text) throws IOException {
    String[] words = text.split("\\s+");
    if (words.length != 4) {
      throw new IOException(file + ": \"" + text + "\" is not PRINCIPAL OPERATION TYPE NAME");
    }
    List<AclOperation> operations = new ArrayList<>();
    for (String operation : words[1].split(",")) {
      operations.add(AclOperation.fromString(operation.toUpperCase(Locale.ROOT)));
    }
    ResourceType type = ResourceType.fromString(words[2].toUpperCase(Locale.ROOT));
    if (type.isUnknown() || operations.stream().anyMatch(AclOperation::isUnknown)) {
      throw new IOException(
          file + ": \"" + text + "\" has a type or an operation that Kafka lacks");
    }
    return new Line(words[0], operations, type, words[3]);
  }

  /** The name that a host's agent logs in by. */
  public static String principalOf(HostId host) {
    return "host-" + host;
  }

  /**
   * Makes the rules of the cluster those of the plan: what is missing is added, and what the plan
   * does not allow any more is taken back, for the hosts that are given and for all other parts.
   */
  public void apply(KafkaSettings kafka, Set<HostId> hosts)
      throws IOException, InterruptedException {
    Set<AclBinding> wanted = bindings(hosts);
    try (Admin admin = Admin.create(kafka.admin("drover-launcher"))) {
      Set<AclBinding> present =
          new HashSet<>(
              admin
                  .describeAcls(AclBindingFilter.ANY)
                  .values()
                  .get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      Set<String> principals = new HashSet<>();
      wanted.forEach(binding -> principals.add(binding.entry().principal()));
      List<AclBindingFilter> outdated =
          present.stream()
              .filter(binding -> principals.contains(binding.entry().principal()))
              .filter(binding -> !wanted.contains(binding))
              .map(AclBinding::toFilter)
              .toList();
      wanted.removeAll(present);
      admin.createAcls(wanted).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      admin.deleteAcls(outdated).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The access rules cannot be made at " + kafka.servers(), e);
    }
  }

  private Set<AclBinding> bindings(Set<HostId> hosts) {
    Set<AclBinding> bindings = new HashSet<>();
    for (Line line : lines) {
      if (line.ofEachHost()) {
        hosts.forEach(host -> bindings.addAll(line.of(host).bindings()));
      } else {
        bindings.addAll(line.bindings());
      }
    }
    return bindings;
  }
}
