package io.drover.driver.internal.resource;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All kinds of host resources, in the order in which a start acquires them; what releases them goes
 * backwards. Thread-safe.
 */
public final class ResourceStack {
  private final List<HostResource<?, ?>> ordered;

  /**
   * @param ordered the first is acquired first and released last
   */
  public ResourceStack(List<HostResource<?, ?>> ordered) {
    this.ordered = List.copyOf(ordered);
  }

  /** The kinds, in order. */
  public List<ResourceKind<?>> kinds() {
    return ordered.stream().<ResourceKind<?>>map(HostResource::kind).toList();
  }

  /** Begins a start; nothing is acquired yet but what planning has. */
  public ResourceAcquisition begin(ResourcePlans plans) {
    return new ResourceAcquisition(
        ordered.stream().flatMap(each -> ResourceShare.of(each, plans).stream()).toList());
  }

  /**
   * Releases everything that is on record, whatever of it fails.
   *
   * @param onFailure gets each failure
   * @return whether nothing is left
   */
  public boolean release(List<ResourceRecord> records, Consumer<RuntimeException> onFailure) {
    boolean clean = true;
    for (int i = ordered.size() - 1; i >= 0; i--) {
      HostResource<?, ?> resource = ordered.get(i);
      clean &= attempt(() -> release(resource, records), onFailure);
    }
    return clean;
  }

  /**
   * Takes over what another driver has acquired for a QEMU that still runs, and watches it.
   *
   * @param onFailure gets each failure; the others are taken over all the same
   * @param onLoss see {@link HostResource#watch}
   */
  public void reattach(
      List<ResourceRecord> records, Consumer<RuntimeException> onFailure, Consumer<String> onLoss) {
    for (HostResource<?, ?> resource : ordered) {
      attempt(() -> reattach(resource, records), onFailure);
      attempt(() -> watch(resource, records, onLoss), onFailure);
    }
  }

  /** As {@link HostResource#watch}, of all that is on record. */
  public void watch(List<ResourceRecord> records, Consumer<String> onLoss) {
    ordered.forEach(resource -> watch(resource, records, onLoss));
  }

  private static <R extends ResourceRecord> void release(
      HostResource<?, R> resource, List<ResourceRecord> records) {
    find(resource, records).ifPresent(resource::release);
  }

  private static <R extends ResourceRecord> void reattach(
      HostResource<?, R> resource, List<ResourceRecord> records) {
    find(resource, records).ifPresent(resource::reattach);
  }

  private static <R extends ResourceRecord> void watch(
      HostResource<?, R> resource, List<ResourceRecord> records, Consumer<String> onLoss) {
    find(resource, records).ifPresent(held -> resource.watch(held, onLoss));
  }

  private static <R extends ResourceRecord> Optional<R> find(
      HostResource<?, R> resource, List<ResourceRecord> records) {
    Class<R> type = resource.kind().type();
    return records.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  static boolean attempt(Runnable step, Consumer<RuntimeException> onFailure) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      onFailure.accept(e);
      return false;
    }
  }
}
