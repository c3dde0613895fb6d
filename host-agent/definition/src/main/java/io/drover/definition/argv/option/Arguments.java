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

  /** Prints a part's options. */
  public Arguments add(DevicePart part) {
    part.overridden(overrides).options().forEach(this::add);
    return this;
  }

  /** Prints an option. */
  public Arguments add(QemuOption option) {
    words.add(option.word());
    String value = option.value();
    if (value != null) {
      words.add(value);
    }
    return this;
  }

  /** Adds a device, with what the definition's overrides make of it. */
  public Arguments device(Props device) {
    return add(JsonOption.device(device).overridden(overrides));
  }

  public Arguments object(Props object) {
    return add(JsonOption.object(object));
  }

  public List<String> words() {
    return List.copyOf(words);
  }

  /** A value in key=value syntax, where a comma is doubled. */
  public static String escape(@Nullable String value) {
    return TextOption.escape(value);
  }
}
