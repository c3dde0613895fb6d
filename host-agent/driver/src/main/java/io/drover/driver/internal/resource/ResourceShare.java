package io.drover.driver.internal.resource;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One resource of one start, and how far it is acquired. For one thread. */
final class ResourceShare<P extends ResourcePlan, R extends ResourceRecord> {
  private enum Progress {
    NONE,
    BEGUN,
    ACQUIRED
  }

  private final HostResource<P, R> resource;
  private final P plan;
  private @Nullable R held;
  private Progress progress = Progress.NONE;

  private ResourceShare(HostResource<P, R> resource, P plan) {
    this.resource = resource;
    this.plan = plan;
  }

  static <P extends ResourcePlan, R extends ResourceRecord> Optional<ResourceShare<P, R>> of(
      HostResource<P, R> resource, ResourcePlans plans) {
    return plans.find(resource.planType()).map(plan -> new ResourceShare<>(resource, plan));
  }

  R prepare() {
    R prepared = resource.prepare(plan);
    held = prepared;
    if (resource.acquiredByPlanning()) {
      progress = Progress.ACQUIRED;
    }
    return prepared;
  }

  void acquire() {
    if (progress == Progress.NONE && held != null) {
      progress = Progress.BEGUN;
      resource.acquire(plan, held);
      progress = Progress.ACQUIRED;
    }
  }

  void undo() {
    if (held != null && progress == Progress.ACQUIRED) {
      resource.release(held);
    } else if (held != null && progress == Progress.BEGUN) {
      resource.undo(held);
    }
  }
}
