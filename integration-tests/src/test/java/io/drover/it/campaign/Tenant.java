package io.drover.it.campaign;

import io.drover.it.campaign.TenantCalls.Belief;
import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A tenant who creates, stops, starts and deletes domains of its own, some of them with an
 * encrypted volume.
 */
final class Tenant implements Runnable {
  private static final int DOMAINS = 3;
  private static final int VOLUMES = 2;

  /** One in so many steps is for volumes: a key costs more than a second of a core. */
  private static final int VOLUME_STEP = 6;

  /** One in so many tenants begins with a volume. */
  private static final int FIRST_VOLUME = 3;

  private static final long VOLUME_BYTES = 4L << 20;

  private final TenantCalls calls;
  private final String name;
  private final Random random;
  private final AtomicBoolean over;

  /** The volume of each domain that was asked for with one. */
  private final Map<String, String> volumeOf = new HashMap<>();

  private int created;

  Tenant(TenantCalls calls, String name, long seed, AtomicBoolean over) {
    this.calls = calls;
    this.name = name;
    this.random = new Random(seed);
    this.over = over;
  }

  @Override
  public void run() {
    if (random.nextInt(FIRST_VOLUME) == 0) {
      createVolume();
    }
    while (!over.get()) {
      List<String> domains = living("domains/");
      if (random.nextInt(VOLUME_STEP) == 0) {
        changeVolumes();
      } else if (domains.size() < DOMAINS) {
        createDomain();
      } else {
        changeDomain(one(domains));
      }
    }
  }

  private void createDomain() {
    String domain = name + "-" + created++;
    String path = "domains/" + domain;
    Optional<String> volume =
        random.nextBoolean()
            ? free().stream().filter(one -> calls.belief(one) == Belief.READY).findFirst()
            : Optional.empty();
    volume.ifPresent(taken -> volumeOf.put(path, taken));
    String xml =
        volume
            .map(taken -> DomainXml.withEmpty(domain, taken.substring("volumes/".length())))
            .orElseGet(() -> DomainXml.diskless(domain));
    calls.begin(path);
    calls.ask(
        path,
        Belief.RUNNING,
        key -> project().api().postXml(project().path("domains"), xml, "Idempotency-Key", key));
  }

  private void changeDomain(String path) {
    int what = random.nextInt(3);
    if (what == 0) {
      delete(path);
    } else if (calls.belief(path) == Belief.RUNNING) {
      calls.ask(path, Belief.STOPPED, key -> post(path + "/destroy", key));
    } else {
      calls.ask(path, Belief.RUNNING, key -> post(path + "/start", key));
    }
  }

  private void changeVolumes() {
    List<String> free = free();
    if (living("volumes/").size() < VOLUMES) {
      createVolume();
    } else if (!free.isEmpty()) {
      delete(one(free));
    }
  }

  private void createVolume() {
    String volume = name + "-" + created++;
    String path = "volumes/" + volume;
    String json = "{\"name\":\"%s\",\"sizeBytes\":%d}".formatted(volume, VOLUME_BYTES);
    calls.begin(path);
    calls.ask(
        path,
        Belief.READY,
        key -> project().api().post(project().path("volumes"), json, "Idempotency-Key", key));
  }

  /** The volumes that no living domain was asked for with. */
  private List<String> free() {
    List<String> taken =
        living("domains/").stream().filter(volumeOf::containsKey).map(volumeOf::get).toList();
    return living("volumes/").stream().filter(volume -> !taken.contains(volume)).toList();
  }

  private void delete(String path) {
    calls.ask(
        path,
        Belief.DELETED,
        key -> project().api().delete(project().path(path), "Idempotency-Key", key));
  }

  private List<String> living(String prefix) {
    return calls.beliefs().entrySet().stream()
        .filter(known -> known.getKey().startsWith(prefix) && known.getValue() != Belief.DELETED)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Answer post(String path, String key) {
    return project().api().post(project().path(path), "", "Idempotency-Key", key);
  }

  private Project project() {
    return calls.project();
  }
}
