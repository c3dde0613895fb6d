package io.drover.cli.live;

import io.drover.cli.command.Connection;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.SendKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domain send-key}. */
@Command(
    name = "send-key",
    mixinStandardHelpOptions = true,
    description = "Press keys of the guest's keyboard, all at once.")
final class SendKeyVerb extends LiveVerb {
  private static final String LINUX = "KEY_";

  /** Linux's names, which virsh takes, where QEMU's are other words. */
  private static final Map<String, String> QEMU_NAMES =
      Map.ofEntries(
          Map.entry("leftctrl", "ctrl"),
          Map.entry("rightctrl", "ctrl_r"),
          Map.entry("leftalt", "alt"),
          Map.entry("rightalt", "alt_r"),
          Map.entry("leftshift", "shift"),
          Map.entry("rightshift", "shift_r"),
          Map.entry("leftmeta", "meta_l"),
          Map.entry("rightmeta", "meta_r"),
          Map.entry("enter", "ret"),
          Map.entry("space", "spc"),
          Map.entry("pageup", "pgup"),
          Map.entry("pagedown", "pgdn"));

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY",
      description = "QEMU's key codes, as in ctrl alt delete, or Linux's, as in KEY_LEFTCTRL.")
  private List<String> keys = List.of();

  @Option(names = "--holdtime", paramLabel = "MS", description = "How long; 100 ms by default.")
  private @Nullable Integer holdMillis;

  SendKeyVerb(Connection connection) {
    super(connection);
  }

  @Override
  LiveOperation<?> operation() {
    return new SendKey(keys.stream().map(SendKeyVerb::qemuName).toList(), holdMillis);
  }

  private static String qemuName(String key) {
    if (!key.startsWith(LINUX)) {
      return key;
    }
    String name = key.substring(LINUX.length()).toLowerCase(Locale.ROOT);
    return QEMU_NAMES.getOrDefault(name, name);
  }
}
