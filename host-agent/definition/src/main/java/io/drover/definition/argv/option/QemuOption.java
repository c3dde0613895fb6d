package io.drover.definition.argv.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One option of QEMU's command line, as a value. The same value is the argument of the QMP command
 * that adds what the option adds to a QEMU that runs, where QEMU has such a command.
 */
public sealed interface QemuOption permits JsonOption, Chardev, TextOption {
  /** The option's word, such as {@code -device}. */
  String word();

  /** The word after it; null when the option stands alone. */
  @Nullable String value();

  /** The command that adds it to a QEMU that runs; empty when QEMU takes it at its start only. */
  Optional<PlugCommand> add();

  /** The command that removes what {@link #add} has added; empty when there is none. */
  Optional<PlugCommand> remove();
}
