package io.drover.it.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Api;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A tenant who creates, stops, starts and deletes domains of its own and believes what it is told:
 * what was accepted happens, and what has ended is as it was said. It asks again, with the same
 * key, where no answer came.
 */
final class Tenant implements Runnable {
  /** What the tenant was last told of a domain. */
  enum Belief {
    RUNNING,
    STOPPED,
    DELETED,
    /** Its operation failed: any state that the parts agree on is right. */
    ANY
  }

  /**
   * A deadline of an operation is two minutes; the sweeper and a busy machine have a minute more.
   */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private static final int DOMAINS = 3;

  private final TenantLogin login;
  private final String name;
  private final Random random;
  private final AtomicBoolean over;
  private final Map<String, Belief> beliefs = new HashMap<>();
  private final List<String> operations = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int created;

  Tenant(TenantLogin login, String name, long seed, AtomicBoolean over) {
    this.login = login;
    this.name = name;
    this.random = new Random(seed);
    this.over = over;
  }

  @Override
  public void run() {
    while (!over.get()) {
      List<String> living =
          beliefs.entrySet().stream()
              .filter(domain -> domain.getValue() != Belief.DELETED)
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      if (living.size() < DOMAINS) {
        create();
      } else {
        change(living.get(random.nextInt(living.size())));
      }
    }
  }

  private void create() {
    String domain = name + "-" + created++;
    beliefs.put(domain, Belief.ANY);
    asked(
        domain,
        Belief.RUNNING,
        key ->
            project()
                .api()
                .postXml(
                    project().path("domains"), DomainXml.diskless(domain), "Idempotency-Key", key));
  }

  private void change(String domain) {
    int what = random.nextInt(3);
    String path = project().path("domains", domain);
    if (what == 0) {
      asked(domain, Belief.DELETED, key -> project().api().delete(path, "Idempotency-Key", key));
    } else if (beliefs.get(domain) == Belief.RUNNING) {
      asked(domain, Belief.STOPPED, key -> post(path + "/destroy", key));
    } else {
      asked(domain, Belief.RUNNING, key -> post(path + "/start", key));
    }
  }

  private Answer post(String path, String key) {
    return project().api().post(path, "", "Idempotency-Key", key);
  }

  private Project project() {
    return login.project();
  }

  /** Asks until there is an answer, then waits for the operation's end. */
  private void asked(String domain, Belief wanted, Function<String, Answer> call) {
    String key = UUID.randomUUID().toString();
    Answer answer =
        answered(domain + " " + wanted, () -> call.apply(key), got -> got.status() < 500);
    if (answer.status() == 404) {
      if (beliefs.get(domain) != Belief.ANY) {
        failures.add("LOST: " + domain + " was " + beliefs.get(domain) + " and is not found");
      }
      beliefs.put(domain, Belief.DELETED);
      return;
    }
    if (answer.status() != 202) {
      return; // refused, as for a state that the tenant did not know: nothing was promised
    }
    String location = answer.location();
    operations.add(location);
    beliefs.put(domain, Belief.ANY);
    JsonNode ended =
        answered(
                "the end of " + location,
                () -> project().api().get(location),
                got -> got.status() == 200 && !"RUNNING".equals(got.json().path("state").asText()))
            .json();
    if (ended.path("state").asText().equals("SUCCEEDED")) {
      beliefs.put(domain, wanted);
    } else {
      failures.add(domain + " " + wanted + ": " + ended.path("problem"));
    }
  }

  private static Answer answered(String what, Callable<Answer> call, Predicate<Answer> good) {
    return Awaitility.await(what)
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(150))
        .ignoreException(Api.NoAnswer.class)
        .until(call, good);
  }

  Map<String, Belief> beliefs() {
    return Map.copyOf(beliefs);
  }

  List<String> operations() {
    return List.copyOf(operations);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
