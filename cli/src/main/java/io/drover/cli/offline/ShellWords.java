package io.drover.cli.offline;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Arguments as one line that a POSIX shell reads back as the same arguments. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  static String join(List<String> arguments) {
    return arguments.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /** A command with the variables that it is to have, as one line. */
  static String command(Map<String, String> environment, List<String> arguments) {
    String variables =
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + quote(entry.getValue()) + " ")
            .collect(Collectors.joining());
    return variables + join(arguments);
  }

  private static String quote(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
