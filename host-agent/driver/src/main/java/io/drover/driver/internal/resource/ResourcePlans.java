package io.drover.driver.internal.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The resource plans of one start: at most one of each type. */
public record ResourcePlans(List<ResourcePlan> all) {
  public ResourcePlans {
    all = List.copyOf(all);
    long types = all.stream().map(Object::getClass).distinct().count();
    if (types < all.size()) {
      throw new IllegalArgumentException("A resource is planned twice: " + all);
    }
  }

  public static ResourcePlans of(ResourcePlan... plans) {
    return new ResourcePlans(Arrays.asList(plans));
  }

  <P extends ResourcePlan> Optional<P> find(Class<P> type) {
    return all.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
