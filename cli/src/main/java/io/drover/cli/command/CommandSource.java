package io.drover.cli.command;

import io.drover.cli.shell.Shell;
import java.util.List;

/**
 * Further commands that are there when their jar is, found by {@link java.util.ServiceLoader}: the
 * command line of a tenant does not carry what only a host needs.
 */
public interface CommandSource {
  /** The commands, as picocli takes them. */
  List<Object> commands(Shell shell, CliSettings settings);
}
