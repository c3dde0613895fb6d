package io.drover.driver.internal.capabilities;

import io.drover.driver.DomainCapabilities.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects enumerations; values whose condition does not hold are left out. */
final class OfferBuilder {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private List<String> current = new ArrayList<>();

  OfferBuilder enumeration(String name) {
    current = new ArrayList<>();
    values.put(name, current);
    return this;
  }

  OfferBuilder value(String value) {
    return value(value, true);
  }

  OfferBuilder value(String value, boolean condition) {
    if (condition) {
      current.add(value);
    }
    return this;
  }

  Offer supported(boolean supported) {
    return new Offer(supported, supported ? values : Map.of());
  }
}
