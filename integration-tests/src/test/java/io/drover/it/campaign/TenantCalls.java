package io.drover.it.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Api;
import io.drover.it.suite.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * What a tenant asks for, and believes since: what was accepted happens, and what has ended is as
 * it was said. It asks again, with the same key, where no answer came. For one thread.
 */
final class TenantCalls {
  /** What the tenant was last told of a domain or a volume. */
  enum Belief {
    RUNNING,
    STOPPED,
    READY,
    DELETED,
    /** Its operation failed: any state that the parts agree on is right. */
    ANY
  }

  /**
   * An operation that failed.
   *
   * @param what the domain or volume, and what it should have become
   * @param code of the problem
   */
  record Failure(String what, String code, String text) {}

  /** Deadlines are {@link FaultCampaign#DEADLINE}; the sweeper and a busy machine have more. */
  private static final Duration LONGEST = FaultCampaign.DEADLINE.plusMinutes(2);

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;

  private final TenantLogin login;
  private final Map<String, Belief> beliefs = new TreeMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private int operations;

  TenantCalls(TenantLogin login) {
    this.login = login;
  }

  /** Keys of these are paths in the project, as in {@code domains/web}. */
  Belief belief(String path) {
    return beliefs.getOrDefault(path, Belief.DELETED);
  }

  /**
   * Asks until there is an answer, then waits for the operation's end.
   *
   * @param path of the domain or volume in the project
   * @param call sends the request with an idempotency key
   */
  void ask(String path, Belief wanted, Function<String, Answer> call) {
    String key = UUID.randomUUID().toString();
    AtomicInteger tries = new AtomicInteger();
    Answer answer =
        answered(
            path + " " + wanted,
            () -> {
              tries.incrementAndGet();
              return call.apply(key);
            },
            got -> !isPassing(got.status()));
    if (tries.get() > 1 && answer.status() != 202) {
      begin(path); // a restored gateway has forgotten the key, and may have done it
    }
    if (answer.status() == 404) {
      if (belief(path) != Belief.ANY) {
        lost.add(path + " was " + belief(path) + " and is not found");
      }
      beliefs.put(path, Belief.DELETED);
      return;
    }
    if (answer.status() != 202) {
      return; // refused, as for a state that the tenant did not know: nothing was promised
    }
    String location = answer.location();
    operations++;
    beliefs.put(path, Belief.ANY);
    JsonNode ended =
        answered(
                "the end of " + location,
                () -> project().api().get(location),
                got -> got.status() == 200 && !"RUNNING".equals(got.json().path("state").asText()))
            .json();
    if (ended.path("state").asText().equals("SUCCEEDED")) {
      beliefs.put(path, wanted);
    } else {
      JsonNode problem = ended.path("problem");
      failures.add(
          new Failure(path + " " + wanted, problem.path("code").asText(), problem.toString()));
    }
  }

  /** A gateway whose clock is wrong refuses tokens; one that has much to do, or to heal, waits. */
  private static boolean isPassing(int status) {
    return status >= 500 || status == UNAUTHORIZED || status == TOO_MANY;
  }

  private static Answer answered(String what, Callable<Answer> call, Predicate<Answer> good) {
    return Awaitility.await(what)
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(150))
        .ignoreException(Api.NoAnswer.class)
        .until(call, good);
  }

  Project project() {
    return login.project();
  }

  /** Nothing is known of what is asked for now. */
  void begin(String path) {
    beliefs.put(path, Belief.ANY);
  }

  Map<String, Belief> beliefs() {
    return Map.copyOf(beliefs);
  }

  int operations() {
    return operations;
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** What was there and is not found. */
  List<String> lost() {
    return List.copyOf(lost);
  }
}
