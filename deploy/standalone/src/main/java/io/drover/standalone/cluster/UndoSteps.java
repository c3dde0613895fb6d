package io.drover.standalone.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What takes back what was done, the newest first. Thread-safe. */
final class UndoSteps {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  synchronized void add(Runnable step) {
    steps.addFirst(step);
  }

  private synchronized @Nullable Runnable next() {
    return steps.pollFirst();
  }

  /** Runs each once, whatever the others throw; the first failure is thrown at the end. */
  void runAll() {
    RuntimeException failure = null;
    for (Runnable step = next(); step != null; step = next()) {
      try {
        step.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
