package io.drover.standalone.cluster;

import io.drover.standalone.process.ChildProcess;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A part that {@link Supervision} starts again.
 *
 * @param process the newest process of the part, whether it runs or not
 * @param restart starts the part again and waits until it is ready
 */
record SupervisedPart(String name, Supplier<ChildProcess> process, Restart restart) {
  /** Starts a part that exited. */
  interface Restart {
    /**
     * Returns when the part is ready.
     *
     * @throws IOException names the part and its log; its process may run all the same
     */
    void run() throws IOException, InterruptedException;
  }
}
