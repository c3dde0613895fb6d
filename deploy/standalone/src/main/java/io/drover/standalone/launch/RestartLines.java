package io.drover.standalone.launch;

import io.drover.standalone.cluster.RestartListener;
import io.drover.standalone.demo.ProgressConsole;
import java.nio.file.Path;
import java.time.Duration;

/** Shows on the console which part exited, and when it is ready again. */
record RestartLines(ProgressConsole console) implements RestartListener {
  private static final int SIGNALLED = 128;

  @Override
  public void exited(String part, int status, Duration pause, Path log) {
    String how =
        status > SIGNALLED
            ? "was ended by signal " + (status - SIGNALLED)
            : "exited with status " + status;
    console.warn(part + " " + how + "; restarting it in " + pause.toSeconds() + " s; log: " + log);
  }

  @Override
  public void restarted(String part, Duration took) {
    console.done(part, "restarted", took);
  }

  @Override
  public void notReady(String part, String cause) {
    console.warn(part + " was restarted and is not ready: " + cause);
  }
}
