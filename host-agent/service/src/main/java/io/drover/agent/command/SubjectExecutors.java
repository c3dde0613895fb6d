package io.drover.agent.command;

import io.drover.agent.thread.AgentThreads;
import io.drover.contracts.operation.JobClass;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs tasks of one lane of one subject one after the other, and all others at the same time: a
 * hung guest holds up nobody else, and what ends it or its jobs does not wait behind them.
 */
final class SubjectExecutors {
  private static final Logger LOG = Logger.getLogger(SubjectExecutors.class);

  private final Map<Lane, Queue<Runnable>> waiting = new HashMap<>();
  private final ThreadPoolExecutor threads;

  SubjectExecutors(int maxThreads) {
    threads =
        new ThreadPoolExecutor(
            maxThreads,
            maxThreads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            AgentThreads.factory("command"));
    threads.allowCoreThreadTimeOut(true);
  }

  /** One of a subject's queues. */
  record Lane(UUID subject, JobClass jobClass) {}

  void submit(Lane lane, Runnable task) {
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(lane);
      if (queue != null) {
        queue.add(task);
        return;
      }
      waiting.put(lane, new ArrayDeque<>());
    }
    threads.execute(() -> runAll(lane, task));
  }

  /** Ends when the running tasks end or the patience does; waiting ones stay in the journal. */
  void stop(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Commands still run at shutdown; the next start resumes them");
    }
  }

  private void runAll(Lane lane, Runnable first) {
    Runnable task = first;
    while (task != null && !threads.isShutdown()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.errorf(e, "A queued task of %s failed", lane);
      }
      synchronized (waiting) {
        Queue<Runnable> queue = waiting.get(lane);
        task = queue == null ? null : queue.poll();
        if (task == null) {
          waiting.remove(lane);
        }
      }
    }
  }
}
