package io.drover.definition.argv.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An option that QEMU takes at its start only, as text. */
public record TextOption(String word, @Nullable String value) implements QemuOption {
  /** An option that stands alone. */
  public static TextOption flag(String word) {
    return new TextOption(word, null);
  }

  /** A value in key=value syntax, where a comma is doubled. */
  public static String escape(@Nullable String value) {
    return value == null ? "" : value.replace(",", ",,");
  }

  @Override
  public Optional<PlugCommand> add() {
    return Optional.empty();
  }

  @Override
  public Optional<PlugCommand> remove() {
    return Optional.empty();
  }
}
