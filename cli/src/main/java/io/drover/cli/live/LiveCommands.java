package io.drover.cli.live;

import io.drover.cli.command.Connection;
import java.util.List;

/** The table of the verbs on running domains. */
public final class LiveCommands {
  private LiveCommands() {}

  /** Every command, one line each. */
  public static List<Object> of(Connection connection) {
    return List.of(
        new SuspendVerb(connection),
        new ResumeVerb(connection),
        new ResetVerb(connection),
        new RebootVerb(connection),
        new AttachDiskVerb(connection),
        new DetachDiskVerb(connection),
        new BlockResizeVerb(connection),
        new BlockCopyVerb(connection),
        new SendKeyVerb(connection),
        new JobsCommand(connection),
        new JobAbortCommand(connection));
  }
}
