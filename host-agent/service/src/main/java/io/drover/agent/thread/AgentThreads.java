package io.drover.agent.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the agent's threads. Who asks for one also ends it. */
public final class AgentThreads {
  private AgentThreads() {}

  /** A thread, not yet started. */
  public static Thread make(String name, Runnable task) {
    Thread thread = new Thread(task, "drover-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Makes numbered threads for a pool. */
  public static ThreadFactory factory(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> make(name + "-" + number.incrementAndGet(), task);
  }
}
