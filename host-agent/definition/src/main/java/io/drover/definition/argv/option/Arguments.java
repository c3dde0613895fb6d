package io.drover.definition.argv.option;

import io.drover.contracts.definition.QemuExtras;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line while it grows. */
public final class Arguments {
  private final List<String> words = new ArrayList<>();
  private final List<QemuExtras.DeviceOverride> overrides;

  public Arguments(List<QemuExtras.DeviceOverride> overrides) {
    this.overrides = overrides;
  }

  public Arguments flag(String option) {
    words.add(option);
    return this;
  }

  public Arguments option(String option, String value) {
    words.add(option);
    words.add(value);
    return this;
  }

  public Arguments option(String option, Props value) {
    return option(option, value.json());
  }

  /** Adds a device, with what the definition's overrides make of it. */
  public Arguments device(Props device) {
    for (QemuExtras.DeviceOverride override : overrides) {
      if (override.alias().equals(device.member("id"))) {
        override.properties().forEach(property -> change(device, property));
      }
    }
    return option("-device", device);
  }

  private static void change(Props device, QemuExtras.Property property) {
    device.without(property.name());
    if (!property.type().equals("remove")) {
      device.put(property.name(), property.typed());
    }
  }

  public Arguments object(Props object) {
    return option("-object", object);
  }

  public List<String> words() {
    return List.copyOf(words);
  }

  /** A value in key=value syntax, where a comma is doubled. */
  public static String escape(@Nullable String value) {
    return value == null ? "" : value.replace(",", ",,");
  }
}
